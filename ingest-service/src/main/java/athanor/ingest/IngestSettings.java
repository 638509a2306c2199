package athanor.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator may turn on the ingest service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor.ingest")
public interface IngestSettings {

    /** Most pictures of one run. */
    @WithDefault("500")
    int maxPictures();

    /** Most files of one request with many, captions included. */
    @WithDefault("500")
    int maxFilesAtOnce();

    /** Most bytes of one request with many pictures; a zip may unpack to twice as many. */
    @WithDefault("500M")
    MemorySize maxBytesAtOnce();

    /** How many times larger than in a zip a file may be; what is beyond was made on purpose. */
    @WithDefault("100")
    int maxZipRatio();

    /** How long a run waits in a training queue until its view says what it waits for. */
    @WithDefault("PT15S")
    Duration sayWaitingAfter();

    /** How long an address is good to which a picture can be sent without this service. */
    @WithDefault("PT1H")
    Duration uploadAddressFor();

    /** How long an address is good at which a LoRA can be had without this service. */
    @WithDefault("PT1H")
    Duration downloadAddressFor();

    /** How long after the erasing of a live run services may still write something of it, which goes too. */
    @WithDefault("PT30S")
    Duration quietAfterErasing();

    /** How long an upload may bring nothing until it is given up. */
    @WithDefault("PT60S")
    Duration stalledAfter();
}
