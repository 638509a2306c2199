package athanor.sample;

import athanor.contracts.guard.GuardMode;
import athanor.sample.render.Compute;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator may turn on sample-service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor.sample")
public interface SampleSettings {

    /**
     * Pixels drawn at once: a batch of small pictures is faster than one after the other, and a batch of large ones
     * does not fit. The default is one picture of 512 x 768.
     */
    @WithDefault("393216")
    int pixelsAtOnce();

    /** Where pictures are drawn: {@code auto} takes the first card where there is one. */
    @WithDefault("AUTO")
    Compute device();

    /** Threads of libtorch on a processor; absent: what libtorch or the launcher chose. */
    Optional<Integer> threads();

    /** How long an unused model stays in memory. */
    @WithDefault("PT10M")
    Duration keepModel();

    /** How long the pictures of one request may take to draw; one that would take longer is refused after its first steps. */
    @WithDefault("PT10M")
    Duration longestRequest();

    /** Pictures of each checkpoint while a training goes on; 0 for none, which leaves the processor to the training. */
    @WithDefault("2")
    int checkpointPictures();

    /** A checkpoint that waited longer than this is not drawn: a newer one or the finished LoRA is on its way. */
    @WithDefault("PT30S")
    Duration checkpointMaxAge();

    /** What guards do where a request does not say it. */
    @WithDefault("WARN")
    GuardMode guards();

    /**
     * Weights of bases that are in memory together, such as {@code 12G}; absent: half of a card, or a quarter of the machine. One is
     * loaded whatever its size.
     */
    Optional<MemorySize> memoryForBases();
}
