package athanor.train.dreambooth;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.PriorMode;
import athanor.diffusion.training.Targets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A recipe can name all that the library can do. That the library can do all that a recipe names, the compiler sees. */
class LibraryNamesTest {

    @Test
    void everyPriorModeOfTheLibraryCanBeAskedFor() {
        assertThat(Arrays.stream(athanor.contracts.recipe.PriorMode.values())
                        .map(LibraryNames::of)
                        .distinct())
                .containsExactlyInAnyOrder(PriorMode.values());
    }

    @Test
    void everyTargetOfTheLibraryCanBeAskedFor() {
        assertThat(Arrays.stream(athanor.contracts.recipe.Targets.values()).map(LibraryNames::of))
                .containsExactlyInAnyOrder(Targets.values());
    }

    @Test
    void everyScheduleOfTheLibraryCanBeAskedFor() {
        assertThat(Arrays.stream(athanor.contracts.recipe.LearningRateSchedule.values())
                        .map(LibraryNames::of))
                .containsExactlyInAnyOrder(LearningRateSchedule.values());
    }
}
