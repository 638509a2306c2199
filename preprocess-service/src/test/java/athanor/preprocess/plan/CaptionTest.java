package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import org.junit.jupiter.api.Test;

class CaptionTest {

    private static final Recipe.Subject WOMAN = new Recipe.Subject("sks", "woman", PromptedBy.TOKEN);
    private static final Recipe.Subject MAN = new Recipe.Subject("sks", "man", PromptedBy.TOKEN);

    @Test
    void withoutACaptionTheRecipeSpeaks() {
        assertThat(Caption.of(null, WOMAN)).isEqualTo(new Caption("a photo of a sks woman", false));
        assertThat(Caption.of("  ", WOMAN)).isEqualTo(new Caption("a photo of a sks woman", false));
    }

    @Test
    void aCaptionWithTheTriggerIsLeftAsItIs() {
        assertThat(Caption.of("SKS woman on a beach", WOMAN)).isEqualTo(new Caption("SKS woman on a beach", false));
    }

    @Test
    void theTriggerGoesBeforeTheClassNoun() {
        assertThat(Caption.of("a woman in a red coat", WOMAN))
                .isEqualTo(new Caption("a sks woman in a red coat", true));
    }

    @Test
    void theNounMustStandAlone() {
        assertThat(Caption.of("beside a woman", MAN))
                .isEqualTo(new Caption("a photo of a sks man, beside a woman", true));
    }

    @Test
    void aCaptionThatNamesNeitherFollowsTheRecipesPrompt() {
        assertThat(Caption.of("on a beach,\n full body", WOMAN))
                .isEqualTo(new Caption("a photo of a sks woman, on a beach, full body", true));
    }

    @Test
    void calledByTheClassWordNoTriggerIsTaught() {
        Recipe.Subject byClass = new Recipe.Subject("sks", "woman", PromptedBy.CLASS_WORD);

        assertThat(Caption.of(null, byClass).text()).isEqualTo("a photo of a woman");
        assertThat(Caption.of("a woman in a park", byClass)).isEqualTo(new Caption("a woman in a park", false));
    }
}
