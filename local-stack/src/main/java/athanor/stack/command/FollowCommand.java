package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.StackAddress;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.run.FetchResults;
import athanor.stack.run.FollowRun;
import athanor.stack.run.Results;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Follows a run until it ends, and takes what it made to a folder.",
        mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go; without it nothing is fetched.")
    private @Nullable Path out;

    FollowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StackAddress stack = options.stack();
        RunsClient runs = new RunsClient(stack.ingest());
        Results results = out == null ? null : Results.in(out);
        new FollowRun(runs, terminal).untilItEnds(runId, AttachedStack.goesOn(runId));
        RunView run = runs.run(runId);
        run.verdicts().forEach(verdict -> terminal.line("  " + verdict));
        if (results == null) {
            terminal.line("finished; ./athanor download %s takes the LoRA and all else that it made".formatted(runId));
        } else {
            new FetchResults(runs, new SamplesClient(stack.sample()))
                    .into(results, run)
                    .forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
        }
        return 0;
    }
}
