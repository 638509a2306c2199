package athanor.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patiently events are handled. */
@ConfigMapping(prefix = "athanor.inbox")
public interface InboxSettings {

    /** Attempts at an event before it is put aside. */
    @WithDefault("4")
    int attempts();

    /** Pause after the first failed attempt; doubles with each further one. */
    @WithDefault("PT0.5S")
    Duration pause();

    /** Pause before the next attempt while the store or the broker does not answer. */
    @WithDefault("PT5S")
    Duration outagePause();
}
