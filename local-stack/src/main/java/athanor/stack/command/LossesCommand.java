package athanor.stack.command;

import athanor.contracts.rest.TrainedStep;
import athanor.stack.client.RunsClient;
import athanor.stack.losses.LossChart;
import athanor.stack.losses.LossTable;
import athanor.stack.losses.TensorBoardEvents;
import athanor.stack.run.Results;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "losses",
        description = "Shows how the losses of a run went, also of one that is over.",
        mixinStandardHelpOptions = true)
final class LossesCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(names = "--out", paramLabel = "DIR", description = "Writes losses.csv and losses.png there.")
    private @Nullable Path out;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Writes an event file there, in a folder named after the run: tensorboard --logdir DIR.")
    private @Nullable Path tensorBoard;

    LossesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunsClient runs = new RunsClient(options.stack().ingest());
        List<TrainedStep> steps = runs.progress(runId);
        if (json.wanted()) {
            terminal.answer(steps);
        }
        if (steps.isEmpty()) {
            terminal.line("run %s has done no step, or none that was kept yet".formatted(runId));
            return 0;
        }
        if (!json.wanted()) {
            LossTable.of(steps).forEach(terminal::line);
        }
        if (out != null) {
            Results results = Results.in(out);
            wrote(results.write(results.file("losses.csv"), runs.progressAsCsv(runId)));
            wrote(results.write(results.file("losses.png"), LossChart.png(steps)));
        }
        if (tensorBoard != null) {
            Results results = Results.in(tensorBoard.resolve(runId));
            wrote(results.write(results.file(TensorBoardEvents.fileName(runId)), TensorBoardEvents.of(steps)));
        }
        return 0;
    }

    private void wrote(Path file) {
        terminal.line("wrote %s".formatted(file));
    }
}
