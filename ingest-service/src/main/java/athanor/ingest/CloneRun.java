package athanor.ingest;

import athanor.appraisal.Expected;
import athanor.appraisal.LookForRecipe;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Opens a run with the pictures that another one accepted. The store copies their bytes: each run has its own, so that erasing
 * one takes nothing from the other.
 */
@ApplicationScoped
class CloneRun {

    private final Drafts drafts;
    private final OpenRun openRun;

    CloneRun(Drafts drafts, OpenRun openRun) {
        this.drafts = drafts;
        this.openRun = openRun;
    }

    /** @return empty when the other run has accepted none */
    Optional<Draft> of(RunId cloned, String name, Recipe recipe) {
        List<PictureVerdict> accepted = drafts.verdicts(cloned).stream()
                .filter(verdict -> verdict.used().isPresent())
                .toList();
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        Draft draft = openRun.with(name, recipe);
        Expected expected = Expected.of(recipe);
        accepted.forEach(verdict -> drafts.copy(forRecipe(verdict, expected), draft.runId()));
        return Optional.of(draft);
    }

    /** What was found of a picture for the size or the subject of the first recipe says nothing about another. */
    private static PictureVerdict forRecipe(PictureVerdict verdict, Expected expected) {
        return Optional.ofNullable(verdict.accepted())
                .map(picture -> PictureVerdict.accepted(LookForRecipe.of(picture, expected)))
                .orElse(verdict);
    }
}
