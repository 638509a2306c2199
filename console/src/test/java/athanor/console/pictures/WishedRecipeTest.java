package athanor.console.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.recipe.PriorMode;
import athanor.contracts.rest.ChoiceView;
import org.junit.jupiter.api.Test;

class WishedRecipeTest {

    @Test
    void aWayOfLearningIsWrittenAsARecipeWritesIt() {
        ChoiceView masked = new ChoiceView("heads", PriorMode.WHOLE_PICTURES, true, "");
        ChoiceView plain = new ChoiceView("wholes", PriorMode.OFF, false, "");

        assertThat(WishedRecipe.of("tiny", "", "woman", masked, "training.steps=9"))
                .hasToString("{\"baseModel\":\"tiny\",\"subject\":{\"classNoun\":\"woman\"},\"instances\":\"heads\","
                        + "\"prior\":{\"mode\":\"WHOLE_PICTURES\",\"headMasked\":true},\"training\":{\"steps\":9}}");
        assertThat(WishedRecipe.of("", "", "", plain, "").toString())
                .contains("\"mode\":\"OFF\"", "\"plainFineTuning\":true");
        assertThat(WishedRecipe.of("", "", "", null, "")).isEmpty();
    }
}
