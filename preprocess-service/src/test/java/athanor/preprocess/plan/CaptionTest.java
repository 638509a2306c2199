package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.guards.FramingWords;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionTest {

    private static final Optional<Framing> NOBODY_KNOWS = Optional.empty();
    private static final Recipe.Subject WOMAN = new Recipe.Subject("sks", "woman", PromptedBy.TOKEN);
    private static final Recipe.Subject MAN = new Recipe.Subject("sks", "man", PromptedBy.TOKEN);

    @Test
    void withoutACaptionTheRecipeSpeaks() {
        assertThat(Caption.of(null, WOMAN, NOBODY_KNOWS)).isEqualTo(new Caption("a photo of a sks woman", false));
        assertThat(Caption.of("  ", WOMAN, NOBODY_KNOWS)).isEqualTo(new Caption("a photo of a sks woman", false));
    }

    @Test
    void withoutACaptionItSaysHowThePersonIsShown() {
        assertThat(Caption.of(null, WOMAN, Optional.of(Framing.HALF)).text())
                .isEqualTo("a photo of a sks woman, half body");
        assertThat(Caption.of("at home", WOMAN, Optional.of(Framing.HALF)).text())
                .isEqualTo("a photo of a sks woman, at home");
    }

    @ParameterizedTest
    @EnumSource(
            value = Framing.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "UNKNOWN"})
    void whatIsSaidOfTheFramingIsUnderstood(Framing framing) {
        String caption = Caption.of(null, WOMAN, Optional.of(framing)).text();

        assertThat(FramingWords.namedIn(caption)).containsExactly(framing);
    }

    @Test
    void aCaptionWithTheTriggerIsLeftAsItIs() {
        assertThat(Caption.of("SKS woman on a beach", WOMAN, NOBODY_KNOWS))
                .isEqualTo(new Caption("SKS woman on a beach", false));
    }

    @Test
    void theTriggerGoesBeforeTheClassNoun() {
        assertThat(Caption.of("a woman in a red coat", WOMAN, NOBODY_KNOWS))
                .isEqualTo(new Caption("a sks woman in a red coat", true));
    }

    @Test
    void theNounMustStandAlone() {
        assertThat(Caption.of("beside a woman", MAN, NOBODY_KNOWS))
                .isEqualTo(new Caption("a photo of a sks man, beside a woman", true));
    }

    @Test
    void aCaptionThatNamesNeitherFollowsTheRecipesPrompt() {
        assertThat(Caption.of("on a beach,\n full body", WOMAN, NOBODY_KNOWS))
                .isEqualTo(new Caption("a photo of a sks woman, on a beach, full body", true));
    }

    @Test
    void calledByTheClassWordNoTriggerIsTaught() {
        Recipe.Subject byClass = new Recipe.Subject("sks", "woman", PromptedBy.CLASS_WORD);

        assertThat(Caption.of(null, byClass, NOBODY_KNOWS).text()).isEqualTo("a photo of a woman");
        assertThat(Caption.of("a woman in a park", byClass, NOBODY_KNOWS))
                .isEqualTo(new Caption("a woman in a park", false));
    }
}
