package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputeTest {

    @Test
    void aThreadThatIsAloneSleepsWhileItWaitsAndGlibcKeepsItsPages() {
        Compute twoCores = new Compute(2, Optional.empty());

        assertThat(twoCores.environment())
                .contains(
                        entry("OMP_NUM_THREADS", "1"),
                        entry("OMP_WAIT_POLICY", "PASSIVE"),
                        entry("MALLOC_ARENA_MAX", "1"))
                .doesNotContainKey("GOMP_SPINCOUNT");
    }

    @Test
    void severalThreadsSpinForAMomentAndAnInstalledAllocatorTakesThePlaceOfGlibc() {
        Compute eightCores = new Compute(8, Optional.of(Path.of("/usr/lib/libtcmalloc.so.4")));

        assertThat(eightCores.environment())
                .containsOnly(
                        entry("OMP_NUM_THREADS", "4"),
                        entry("GOMP_SPINCOUNT", "10000"),
                        entry("LD_PRELOAD", "/usr/lib/libtcmalloc.so.4"));
    }

    @Test
    void everyServiceRunsWithoutTheGraphOptimiser() {
        assertThat(new Compute(4, Optional.empty()).flags())
                .contains("-Dai.djl.pytorch.graph_optimizer=false", "-Dai.djl.pytorch.num_threads=2");
    }
}
