package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.StackAddress;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.run.FetchResults;
import athanor.stack.run.FollowRun;
import athanor.stack.run.Outcome;
import athanor.stack.run.Results;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
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

    @Mixin
    private JsonOption json = new JsonOption();

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
        RunView run = new FollowRun(runs, terminal).untilItEnds(runId, AttachedStack.goesOn(runId));
        run.verdicts().forEach(verdict -> terminal.line("  " + verdict));
        if (results == null || run.recipe() == null) { // one that was refused at the door has none, and made nothing
            if (run.state() instanceof RunState.Finished) {
                terminal.line(
                        "finished; ./athanor download %s takes the LoRA and all else that it made".formatted(runId));
            }
            return json.answer(terminal, new Outcome(run, Map.of()));
        }
        FetchResults fetch = new FetchResults(runs, new SamplesClient(stack.sample()));
        return json.answer(terminal, new Outcome(run, fetch.into(results, run)));
    }
}
