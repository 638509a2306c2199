package athanor.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator may turn on the ingest service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor.ingest")
public interface IngestSettings {

    /** Most pictures of one run. */
    @WithDefault("500")
    int maxPictures();

    /** How long a run waits in a training queue until its view says what it waits for. */
    @WithDefault("PT15S")
    Duration sayWaitingAfter();

    /** How long an upload may bring nothing until it is given up. */
    @WithDefault("PT60S")
    Duration stalledAfter();
}
