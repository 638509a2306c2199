package athanor.stack.command;

import athanor.stack.client.RunsClient;
import athanor.stack.run.FollowRun;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Follows a run until it ends.", mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    FollowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunsClient runs = new RunsClient(options.stack().ingest());
        new FollowRun(runs, terminal).untilItEnds(runId);
        runs.run(runId).verdicts().forEach(verdict -> terminal.line("  " + verdict));
        terminal.line(
                "finished; LoRA: %s/runs/%s/lora".formatted(options.stack().ingest(), runId));
        return 0;
    }
}
