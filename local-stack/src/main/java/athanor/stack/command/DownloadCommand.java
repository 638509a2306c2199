package athanor.stack.command;

import athanor.contracts.rest.DownloadAddress;
import athanor.contracts.rest.RunView;
import athanor.stack.StackAddress;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.run.FetchResults;
import athanor.stack.run.Outcome;
import athanor.stack.run.Results;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "download",
        description =
                "Takes the LoRA, the contact sheet, the losses and the report of a run to a folder, or one checkpoint.",
        mixinStandardHelpOptions = true)
final class DownloadCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "The checkpoint after so many steps; ./athanor checkpoints ID lists them.")
    private @Nullable Integer step;

    @Option(
            names = "--url",
            description = "Print the address at which anybody can have the LoRA for a while, and take nothing.")
    private boolean url;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: athanor-ID/).")
    private @Nullable Path out;

    DownloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StackAddress stack = options.stack();
        RunsClient runs = new RunsClient(stack.ingest());
        RunView run = runs.run(runId); // before there is a folder for what may not be there
        if (url) {
            return address(step == null ? runs.loraAddress(runId) : runs.loraAddress(runId, step));
        }
        Results results = Results.in(out == null ? Path.of("athanor-" + runId) : out);
        Map<String, Path> files = step == null
                ? new FetchResults(runs, new SamplesClient(stack.sample())).into(results, run)
                : checkpoint(runs, results, run.name(), step);
        files.forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
        if (json.wanted()) {
            terminal.answer(new Outcome(run, files).answer());
        }
        return 0;
    }

    /** Alone on standard output, for whoever gives it to another program. */
    private int address(DownloadAddress address) {
        if (json.wanted()) {
            terminal.answer(address);
        } else {
            terminal.line(address.url().toString());
        }
        return 0;
    }

    private Map<String, Path> checkpoint(RunsClient runs, Results results, String loraName, int step) {
        Map<String, Path> files = new LinkedHashMap<>();
        String name = "%s-%d".formatted(FetchResults.fileName(loraName), step);
        files.put("LoRA", results.write(results.file(name + ".safetensors"), runs.lora(runId, step)));
        runs.contactSheet(runId, step)
                .ifPresent(sheet -> files.put("contact sheet", results.write(results.file(name + ".png"), sheet)));
        return files;
    }
}
