package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.recipe.Recipe;

/**
 * What pictures are compared with.
 *
 * @param side pixels of the side of the square that is trained at
 * @param person whether the subject is a person, who then should be in each picture
 */
public record Expected(int side, boolean person) {

    public static Expected of(Recipe recipe) {
        return of(recipe.training().bucketArea(), recipe.subject().classNoun());
    }

    public static Expected of(Size area, String classNoun) {
        return new Expected(Math.min(area.width(), area.height()), PersonNouns.contain(classNoun));
    }
}
