package athanor.stack.service;

import athanor.stack.infra.Ports;
import athanor.stack.infra.StoreKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every service is told about the world around it, as environment variables (the keys would show in a process list).
 *
 * @param baseModels folders that hold base models by name
 * @param extra settings that the operator gave beside ours
 */
public record Surroundings(
        Ports ports,
        String bootstrapServers,
        String storeEndpoint,
        StoreKeys keys,
        String bucket,
        List<Path> baseModels,
        Map<String, String> extra) {

    Map<String, String> environment(Service service) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service.defaultPort())));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("ATHANOR_STORE_ENDPOINT", storeEndpoint);
        environment.put("ATHANOR_STORE_ACCESS_KEY", keys.accessKey());
        environment.put("ATHANOR_STORE_SECRET_KEY", keys.secretKey());
        environment.put("ATHANOR_STORE_BUCKET", bucket);
        environment.put(
                "ATHANOR_BASE_MODELS",
                baseModels.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)));
        environment.put("ATHANOR_EXIT_WITH_PARENT", "true");
        environment.putAll(extra);
        return environment;
    }
}
