package athanor.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** What an operator may turn on the ingest service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor")
public interface IngestSettings {

    /**
     * Folders with base models, separated like the class path. When it is set, a run with an unknown base is refused at
     * once; where the models lie on other machines, leave it out and the later stages refuse it.
     */
    @WithName("base-models")
    Optional<String> baseModels();

    /** Most pictures of one run. */
    @WithName("ingest.max-pictures")
    @WithDefault("500")
    int maxPictures();

    /** How long a run waits in a training queue until its view says what it waits for. */
    @WithName("ingest.say-waiting-after")
    @WithDefault("PT15S")
    Duration sayWaitingAfter();
}
