package athanor.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PresetTest {

    private static final int SD = 512;
    private static final int XL = 1024;

    @Test
    void balancedIsWhatTheDefaultsOfABaseAre() {
        Recipe usual = Recipe.defaults("sd15", "woman");
        Recipe balanced = Preset.BALANCED.recipe("sd15", "woman", SD);

        assertThat(balanced).isEqualTo(usual);
    }

    @Test
    void moreIsMoreStepsAndMoreRank() {
        for (String base : new String[] {"sd15", "tiny"}) {
            Recipe quick = Preset.QUICK.recipe(base, "woman", SD);
            Recipe balanced = Preset.BALANCED.recipe(base, "woman", SD);
            Recipe thorough = Preset.THOROUGH.recipe(base, "woman", SD);
            assertThat(quick.training().steps()).isLessThan(balanced.training().steps());
            assertThat(balanced.training().steps())
                    .isLessThan(thorough.training().steps());
            assertThat(quick.network().rank()).isLessThan(balanced.network().rank());
            assertThat(balanced.network().rank()).isLessThan(thorough.network().rank());
        }
    }

    /** The same reach of a step: rate times alpha over the root of the rank. */
    @Test
    void theRateFitsRankAndAlpha() {
        Recipe balanced = Preset.BALANCED.recipe("sd15", "woman", SD);
        for (Preset preset : Preset.values()) {
            assertThat(reach(preset.recipe("sd15", "woman", SD)))
                    .as(preset.name())
                    .isCloseTo(reach(balanced), within(0.03 * reach(balanced)));
        }
        Recipe wished = balanced.with("network.rank", "64").with("network.alpha", "1");
        assertThat(reach(Preset.fitted(wished, balanced.network()))).isCloseTo(reach(balanced), within(1e-5));
    }

    private static double reach(Recipe recipe) {
        Recipe.Network network = recipe.network();
        return recipe.training().learningRate() * network.alpha() / Math.sqrt(network.rank());
    }

    @Test
    void subjectAndFamilyCount() {
        assertThat(Preset.BALANCED.recipe("sd15", "oil painting", SD).prior().mode())
                .isEqualTo(PriorMode.OFF);
        assertThat(Preset.BALANCED.recipe("sd15", "teapot", SD).training().steps())
                .isLessThan(
                        Preset.BALANCED.recipe("sd15", "woman", SD).training().steps());
        assertThat(Preset.BALANCED.recipe("xl", "woman", XL).training().learningRate())
                .isLessThan(
                        Preset.BALANCED.recipe("sd15", "woman", SD).training().learningRate());
    }

    @Test
    void whatIsSaidOfTheSubjectCountsMoreThanItsNoun() {
        Recipe style = Preset.BALANCED.recipe("tiny", "woman", "STYLE", "", SD);
        assertThat(style.prior().mode()).isEqualTo(PriorMode.OFF);
        assertThat(style.contradiction()).isEmpty();
        Recipe coat = Preset.BALANCED.recipe("sd15", "woman", "CLOTHING", "", SD);
        assertThat(coat.training().steps())
                .isEqualTo(
                        Preset.BALANCED.recipe("sd15", "teapot", SD).training().steps());
        Recipe byClassWord = Preset.QUICK.recipe("sd15", "woman", "", "CLASS_WORD", SD);
        assertThat(byClassWord.prior().mode()).isEqualTo(PriorMode.WHOLE_PICTURES);
        assertThat(byClassWord.instanceKind()).isEqualTo(Instances.HEADS);
    }
}
