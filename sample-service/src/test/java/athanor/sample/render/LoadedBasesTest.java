package athanor.sample.render;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.model.BaseModels;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadedBasesTest {

    private static final String FOLDER =
            Path.of("..", "diffusion", "src", "test", "resources", "parity").toString();

    private static LoadedBases bases(long budget) {
        return new LoadedBases(BaseModels.of(FOLDER), () -> ComputeOptions.CPU, () -> budget);
    }

    @Test
    void basesStayInMemoryTogetherWhereTheyFit() {
        try (LoadedBases bases = bases(1L << 30)) {
            LoadedBase first = bases.load("sd1");
            bases.load("sd2");

            assertThat(bases.load("sd1")).isSameAs(first);
            assertThat(bases.namesInMemory()).containsExactly("sd2", "sd1");
            assertThat(first.bytes()).isPositive();
            bases.closeUnusedFor(Duration.ZERO);
            assertThat(bases.namesInMemory()).isEmpty();
        }
    }

    @Test
    void theLeastRecentlyUsedLeavesFirstAndOneIsThereWhateverItsSize() {
        long one;
        try (LoadedBases any = bases(1L << 30)) {
            one = Math.max(any.load("sd1").bytes(), any.load("sd2").bytes());
        }
        try (LoadedBases bases = bases(2 * one)) {
            bases.load("sd1");
            bases.load("sd2");
            bases.load("sd1");
            bases.load("sd1-four-levels");
            assertThat(bases.namesInMemory()).doesNotContain("sd2").contains("sd1-four-levels");
        }
        try (LoadedBases bases = bases(1)) {
            bases.load("sd1");
            bases.load("sd2");
            assertThat(bases.namesInMemory()).containsExactly("sd2");
        }
    }
}
