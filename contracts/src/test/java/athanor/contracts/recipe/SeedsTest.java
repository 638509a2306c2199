package athanor.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void seedsCountUp() {
        assertThat(Seeds.from(1000, 3)).containsExactly(1000L, 1001L, 1002L);
        assertThat(Seeds.from((1L << 48) + 1, 1)).containsExactly((1L << 48) + 1);
    }

    @Test
    void afterTheLargestComesTheSmallest() {
        assertThat(Seeds.from(Long.MAX_VALUE, 2)).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** A picture of seed -1 could not be asked for again. */
    @Test
    void theOneThatMeansRandomIsLeftOut() {
        assertThat(Seeds.from(-3, 4)).containsExactly(-3L, -2L, 0L, 1L);
    }

    @Test
    void aRandomSeedIsDecidedOnceAndWrittenDown() {
        Recipe recipe = Recipe.defaults("tiny", "woman")
                .with("samples.seed", "-1")
                .with("training.seed", "-1")
                .withSeedsDecided(new Random(1));

        assertThat(recipe.samples().seed()).isBetween(0L, 1L << 32);
        assertThat(recipe.training().seed())
                .isBetween(0L, 1L << 32)
                .isNotEqualTo(recipe.samples().seed());
        assertThat(recipe.withSeedsDecided(new Random(2))).isEqualTo(recipe);
    }
}
