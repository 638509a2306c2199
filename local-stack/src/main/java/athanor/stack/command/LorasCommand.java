package athanor.stack.command;

import athanor.contracts.rest.LoraView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "loras",
        description =
                "Lists the LoRAs that runs have published and what each was made with; download ID takes one, sample --lora"
                        + " ID draws with it.",
        mixinStandardHelpOptions = true)
final class LorasCommand implements Callable<Integer> {

    private static final double MEBIBYTE = 1 << 20;
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    LorasCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<LoraView> loras = new RunsClient(options.stack().ingest()).loras();
        if (json.wanted()) {
            terminal.answer(loras);
            return 0;
        }
        if (loras.isEmpty()) {
            terminal.line("no run has published a LoRA yet; ./athanor runs shows how far they are");
        }
        for (LoraView lora : loras) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%-40s %s  %6.1f MiB  %s",
                    lora.runId(),
                    DAY_AND_TIME.format(lora.publishedAt().atZone(ZoneId.systemDefault())),
                    lora.lora().bytes() / MEBIBYTE,
                    facts(lora.training())));
        }
        return 0;
    }

    private static String facts(LoraView.@Nullable Training made) {
        return made == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s, '%s %s', rank %d, %d steps at %s, loss %.4f",
                        made.baseModel(),
                        made.trigger(),
                        made.classNoun(),
                        made.rank(),
                        made.steps(),
                        made.trainedSizes().isEmpty()
                                ? "sizes unknown"
                                : made.trainedSizes().get(0).toString(),
                        made.finalInstanceLoss());
    }
}
