package athanor.stack.command;

import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.json.Json;
import athanor.stack.infra.StackProblem;
import athanor.stack.run.ProduceEvent;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "produce",
        description =
                "Sends one event as any Kafka producer would: JSON value, CloudEvents headers, the run id as key.",
        mixinStandardHelpOptions = true)
final class ProduceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "FILE.json", description = "The event.")
    private Path file = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "athanor.RunRequested.v1",
            description = "The event's type (default: athanor.RunRequested.v1).")
    private String type = "";

    ProduceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        EventType eventType = EventType.ofWire(type)
                .orElseThrow(() -> new StackProblem("%s is no event of this suite; there are %s"
                        .formatted(
                                type,
                                Arrays.stream(EventType.values())
                                        .map(EventType::wire)
                                        .collect(Collectors.joining(", ")))));
        RunEvent event = Json.readEvent(text().getBytes(StandardCharsets.UTF_8), eventType);
        String where = new ProduceEvent(options.stack().kafka()).send(eventType, event);
        terminal.line("%s of run %s is at %s".formatted(type, event.runId().value(), where));
        return 0;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read; name a file that holds one event as JSON".formatted(file), e);
        }
    }
}
