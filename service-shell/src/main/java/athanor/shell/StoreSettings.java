package athanor.shell;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where the object store is. Environment: {@code ATHANOR_STORE_ENDPOINT} and so on. */
@ConfigMapping(prefix = "athanor.store")
public interface StoreSettings {

    /** Address of any S3 server. */
    @WithDefault("http://127.0.0.1:9000")
    String endpoint();

    /** The same store as those reach it who put pictures there by themselves; the endpoint where it is not set. */
    Optional<String> publicEndpoint();

    @WithDefault("athanor")
    String accessKey();

    /** The local stack's key; every other store has one of its own. */
    @WithDefault("athanor-secret")
    String secretKey();

    /** Created at start when it is missing. */
    @WithDefault("athanor")
    String bucket();

    @WithDefault("us-east-1")
    String region();
}
