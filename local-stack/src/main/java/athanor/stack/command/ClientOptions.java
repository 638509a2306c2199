package athanor.stack.command;

import athanor.stack.StackAddress;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which suite a command talks to: the one that runs on this machine, or any other by address. */
final class ClientOptions {

    @Mixin
    private DataOption folder = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Address of a Kafka broker elsewhere.")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE.properties",
            description = "How that broker is spoken to, as Kafka's own tools take it: TLS, SASL.")
    private @Nullable Path kafkaConfig;

    DataFolder data() {
        return folder.data();
    }

    /** Settings of a Kafka client. */
    Map<String, Object> kafkaClient() {
        Properties settings = new Properties();
        if (kafkaConfig != null) {
            try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
                settings.load(reader);
            } catch (IOException e) {
                throw new StackProblem(
                        "%s, of --kafka-config, cannot be read (%s); wanted a file of properties"
                                .formatted(kafkaConfig, e.getClass().getSimpleName()),
                        e);
            }
        }
        Map<String, Object> client = new HashMap<>();
        settings.stringPropertyNames().forEach(name -> client.put(name, settings.getProperty(name)));
        client.put("bootstrap.servers", stack().kafka());
        return client;
    }

    /** What a client says that cannot even be made of these settings. */
    static StackProblem noClient(KafkaException e) {
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new StackProblem(
                "no Kafka client can be made: %s; look at --kafka-config".formatted(reason.getMessage()), e);
    }

    StackAddress stack() {
        Optional<StackAddress> local = folder.running();
        if (folder.given() && local.isEmpty() && server.suite().isEmpty() && kafka == null) {
            throw new StackProblem("no stack runs on %s; start one with ./athanor up --data %s"
                    .formatted(data().path(), data().path()));
        }
        StackAddress suite = server.over(local.orElseGet(() -> StackAddress.of(folder.ports(), List.of())));
        return new StackAddress(
                suite.ingest(),
                suite.preprocess(),
                suite.sample(),
                kafka == null ? suite.kafka() : kafka,
                suite.store(),
                suite.baseModels());
    }
}
