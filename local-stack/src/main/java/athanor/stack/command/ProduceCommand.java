package athanor.stack.command;

import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.stack.client.PhotographFolder;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.StoreKeys;
import athanor.stack.produce.ProduceEvent;
import athanor.stack.produce.PutFolder;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "produce",
        description =
                "Sends one event as any Kafka producer would: JSON value, CloudEvents headers, the run id as key. Or"
                        + " puts a folder of photographs into the bucket and prints the event that asks for a run with them.",
        mixinStandardHelpOptions = true)
final class ProduceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    @Mixin
    private RecipeOptions recipeOptions = new RecipeOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(
            paramLabel = "FILE.json",
            arity = "0..1",
            description = "The event; - reads it from the standard input.")
    private @Nullable String file;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "athanor.RunRequested.v1",
            description = "The event's type (default: athanor.RunRequested.v1).")
    private String type = "";

    @Option(
            names = "--pictures",
            paramLabel = "FOLDER",
            description = "Instead of a file: puts these photographs into the bucket and prints the event.")
    private @Nullable Path pictures;

    @Option(
            names = "--base",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "With --pictures: the base model.")
    private String base = "";

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "With --pictures: an S3 server elsewhere; its keys are in AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY.")
    private @Nullable String store;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            defaultValue = "athanor",
            description = "With --pictures: where they go (default: ${DEFAULT-VALUE}).")
    private String bucket = "";

    ProduceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (pictures != null && file == null) {
            terminal.answer(request(pictures));
            return 0;
        }
        if (file != null && pictures == null) {
            send(file);
            return 0;
        }
        throw new StackProblem("name one thing: a file with an event, or photographs with --pictures FOLDER");
    }

    private void send(String file) {
        EventType eventType = EventType.ofWire(type)
                .orElseThrow(() -> new StackProblem("%s is no event of this suite; there are %s"
                        .formatted(
                                type,
                                Arrays.stream(EventType.values())
                                        .map(EventType::wire)
                                        .collect(Collectors.joining(", ")))));
        RunEvent event = Json.readEvent(bytes(file), eventType);
        ProduceEvent.Sent sent = sent(eventType, event);
        json.answer(
                terminal,
                sent,
                "%s of run %s is at %s-%d@%d"
                        .formatted(type, event.runId().value(), sent.topic(), sent.partition(), sent.offset()));
    }

    private ProduceEvent.Sent sent(EventType eventType, RunEvent event) {
        try {
            return new ProduceEvent(options.kafkaClient()).send(eventType, event);
        } catch (KafkaException e) {
            throw ClientOptions.noClient(e);
        }
    }

    private static byte[] bytes(String file) {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read; name a file that holds one event as JSON".formatted(file), e);
        }
    }

    private RunRequested request(Path folder) {
        PhotographFolder given = PhotographFolder.read(folder);
        Recipe recipe = recipeOptions.applyToDefaults(subject.recipe(base, given, folder));
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        RunId runId = RunId.fresh(name, new SecureRandom());
        String endpoint = store == null ? options.stack().store() : store;
        List<RequestedPicture> put = new PutFolder(endpoint, bucket, StoreKeys.given())
                .put("uploads/%s/".formatted(runId), given.photographs());
        return new RunRequested(runId, name, put, recipe, Instant.now());
    }
}
