package athanor.stack.command;

import athanor.contracts.events.Topics;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.TopicSetup;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        String kafka = options.stack().kafka();
        try {
            TopicSetup.apply(kafka);
        } catch (ExecutionException e) {
            throw new StackProblem("the topics cannot be made on %s: %s".formatted(kafka, e.getMessage()), e);
        }
        terminal.line("%d topics are on %s".formatted(Topics.all().size(), kafka));
        return 0;
    }
}
