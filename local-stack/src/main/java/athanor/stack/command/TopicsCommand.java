package athanor.stack.command;

import athanor.contracts.events.TopicSpec;
import athanor.contracts.events.Topics;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.TopicSetup;
import athanor.stack.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "topics",
        description = "Makes the topics that are missing on a broker, as an operator does before the services start.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        String kafka = options.stack().kafka();
        try {
            TopicSetup.apply(options.kafkaClient());
        } catch (ExecutionException e) {
            throw new StackProblem("the topics cannot be made on %s: %s".formatted(kafka, e.getMessage()), e);
        } catch (KafkaException e) {
            throw ClientOptions.noClient(e);
        }
        List<String> names = Topics.all().stream().map(TopicSpec::name).toList();
        json.answer(
                terminal,
                Map.of("kafka", kafka, "topics", names),
                "%d topics are on %s".formatted(names.size(), kafka));
        return 0;
    }
}
