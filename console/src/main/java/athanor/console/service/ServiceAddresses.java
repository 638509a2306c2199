package athanor.console.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the services are. */
@ConfigMapping(prefix = "athanor.services")
public interface ServiceAddresses {

    @WithDefault("http://127.0.0.1:8081")
    String ingest();

    @WithDefault("http://127.0.0.1:8082")
    String preprocess();

    @WithDefault("http://127.0.0.1:8083")
    String train();

    @WithDefault("http://127.0.0.1:8084")
    String sample();

    default String of(ServiceName service) {
        return switch (service) {
            case INGEST -> ingest();
            case PREPROCESS -> preprocess();
            case TRAIN -> train();
            case SAMPLE -> sample();
        };
    }
}
