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
public record ServiceEnvironment(
        Ports ports,
        String bootstrapServers,
        String storeEndpoint,
        StoreKeys keys,
        String bucket,
        List<Path> baseModels,
        Map<String, String> extra) {

    Map<String, String> variablesOf(Service service) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service.defaultPort())));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        variables.put("ATHANOR_STORE_ENDPOINT", storeEndpoint);
        variables.put("ATHANOR_STORE_ACCESS_KEY", keys.accessKey());
        variables.put("ATHANOR_STORE_SECRET_KEY", keys.secretKey());
        variables.put("ATHANOR_STORE_BUCKET", bucket);
        variables.put(
                "ATHANOR_BASE_MODELS",
                baseModels.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)));
        variables.put("ATHANOR_EXIT_WITH_PARENT", "true");
        if (service == Service.CONSOLE) {
            tellWhereTheOthersAre(variables);
        }
        variables.putAll(extra);
        return variables;
    }

    private void tellWhereTheOthersAre(Map<String, String> variables) {
        for (Service other : Service.values()) {
            if (other != Service.CONSOLE) {
                variables.put("ATHANOR_SERVICES_" + other.name(), "http://127.0.0.1:" + ports.of(other.defaultPort()));
            }
        }
    }
}
