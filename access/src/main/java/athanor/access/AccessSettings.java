package athanor.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Environment: {@code ATHANOR_ACCESS_KEYS}. */
@ConfigMapping(prefix = "athanor.access")
public interface AccessSettings {

    /** Who may ask, each as {@link ApiKeys} reads it; none: everybody, and only on the loopback address. */
    Optional<List<String>> keys();
}
