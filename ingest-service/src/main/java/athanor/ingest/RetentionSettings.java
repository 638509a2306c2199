package athanor.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long runs are kept. What is not set is kept until somebody erases it. */
@ConfigMapping(prefix = "athanor.retention")
public interface RetentionSettings {

    /** Of runs that finished, failed or were cancelled, counted from their end: everything of them is erased. */
    Optional<Duration> finished();

    /** Of runs that were opened and never started, counted from their opening. */
    Optional<Duration> drafts();

    /** Pause between two looks at how old the runs are. */
    @WithDefault("PT10M")
    Duration lookEvery();
}
