package example;

import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Puts a folder of photographs into Athanor's bucket and asks for a LoRA of them, with one event. */
@ApplicationScoped
public class RequestTraining {

    private static final String BUCKET = "athanor";

    private final MutinyEmitter<String> requests;
    private final MinioClient store;

    RequestTraining(
            @Channel("requests") MutinyEmitter<String> requests,
            @ConfigProperty(name = "athanor.store.endpoint") String endpoint,
            @ConfigProperty(name = "athanor.store.access-key") String accessKey,
            @ConfigProperty(name = "athanor.store.secret-key") String secretKey) {
        this.requests = requests;
        this.store = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(accessKey, secretKey)
                .build();
    }

    /** Returns the run's id when the broker has the event; ./athanor run ID follows the run. */
    public String of(Path folder, String trigger, String classNoun) throws Exception {
        // Letters a to z, digits and hyphens; one request, one id, so that sending it twice starts one run.
        String run = "kafka-" + UUID.randomUUID();
        String prefix = "uploads/%s/".formatted(run);
        for (Path photograph : files(folder)) {
            store.uploadObject(UploadObjectArgs.builder()
                    .bucket(BUCKET)
                    .object(prefix + photograph.getFileName())
                    .filename(photograph.toString())
                    .build());
        }
        String event = """
            {"runId": "%s", "name": "%s", "requestedAt": "%s",
             "source": {"bucket": "%s", "prefix": "%s"},
             "recipe": {"baseModel": "tiny", "subject": {"trigger": "%s", "classNoun": "%s"}}}
            """.formatted(run, folder.getFileName(), Instant.now(), BUCKET, prefix, trigger, classNoun);
        requests.sendMessageAndAwait(Message.of(event)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(run)
                        .build())
                .addMetadata(OutgoingCloudEventMetadata.builder()
                        .withId(run + "/request/0")
                        .withType("athanor.RunRequested.v1")
                        .withSource(URI.create("/example"))
                        .withDataContentType("application/json")
                        .build()));
        return run;
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
