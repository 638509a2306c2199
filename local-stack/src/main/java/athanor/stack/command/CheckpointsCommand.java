package athanor.stack.command;

import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.TrainedStep;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "checkpoints",
        description =
                "Lists the checkpoints of a run with their losses, also those of pictures that were held out and of class pictures;"
                        + " download ID --step N takes one, sample --lora ID@N draws with it.",
        mixinStandardHelpOptions = true)
final class CheckpointsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    @Mixin
    private JsonOption json = new JsonOption();

    CheckpointsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<CheckpointView> saved = new RunsClient(options.stack().ingest()).checkpoints(runId);
        if (json.wanted()) {
            terminal.answer(saved);
            return 0;
        }
        if (saved.isEmpty()) {
            terminal.line("run %s has no checkpoint yet".formatted(runId));
        }
        for (CheckpointView checkpoint : saved) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "step %6d of %d  loss %.4f%s  after %s%s",
                    checkpoint.step(),
                    checkpoint.totalSteps(),
                    checkpoint.instanceLoss(),
                    validation(checkpoint.validation()),
                    ProgressBar.duration(checkpoint.seconds()),
                    remark(checkpoint)));
        }
        return 0;
    }

    private static String validation(TrainedStep.@Nullable Validation measured) {
        return measured == null
                ? ""
                : number("held out", measured.heldOut()) + number("class pictures", measured.classPictures());
    }

    private static String number(String what, @Nullable Double loss) {
        return loss == null ? "" : String.format(Locale.ROOT, "  %s %.4f", what, loss);
    }

    private static String remark(CheckpointView checkpoint) {
        if (Boolean.TRUE.equals(checkpoint.dropped())) {
            return "  (dropped, as training.keepLastCheckpoints and training.keepCheckpointEverySteps say)";
        }
        return Boolean.TRUE.equals(checkpoint.contactSheet()) ? "" : "  (test pictures not drawn yet)";
    }
}
