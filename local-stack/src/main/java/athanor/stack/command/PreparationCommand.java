package athanor.stack.command;

import athanor.contracts.dataset.PictureFate;
import athanor.contracts.rest.RunPreparation;
import athanor.stack.StackAddress;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.PlanPage;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preparation",
        description =
                "Says what became of each picture of a run and saves pictures of it: what is cut off, and what the base's autoencoder"
                        + " leaves of what is trained.",
        mixinStandardHelpOptions = true)
final class PreparationCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the pictures go (default: athanor-ID/preparation/).")
    private @Nullable Path out;

    PreparationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StackAddress stack = options.stack();
        RunsClient runs = new RunsClient(stack.ingest());
        RunPreparation preparation = runs.preparation(runId);
        if (json.wanted()) {
            terminal.answer(preparation);
            return 0;
        }
        Path folder = out == null ? Path.of("athanor-" + runId, "preparation") : out;
        SamplesClient samples = new SamplesClient(stack.sample());
        int number = 0;
        for (RunPreparation.Prepared prepared : preparation.pictures()) {
            PictureFate fate = prepared.fate();
            terminal.line(line(fate));
            // A number in front: names of uploads may be alike but for letters that a disk does not tell apart.
            String name = "%03d-%s".formatted(++number, fate.place().fileName().replaceAll("[^A-Za-z0-9._-]", "_"));
            write(
                    folder.resolve(name + ".preview.png"),
                    runs.preview(runId, fate.place().fileName()));
            if (fate.prepared() != null) {
                samples.asTheModelSeesIt(runId, fate.place().fileName())
                        .ifPresent(picture -> write(folder.resolve(name + ".as-the-model-sees-it.png"), picture));
            }
        }
        PlanPage.pairs(preparation.pairs()).ifPresent(terminal::line);
        preparation.plan().warnings().forEach(warning -> terminal.line("warning   " + warning));
        terminal.line("digest    " + preparation.digest());
        terminal.line("pictures  " + folder);
        return 0;
    }

    private static String line(PictureFate fate) {
        if (fate.prepared() == null) {
            return "%s: left out, %s"
                    .formatted(fate.place().fileName(), fate.place().refused());
        }
        return String.format(
                Locale.ROOT,
                "%s: %s trained at %s, %.0f %% of its pixels%s, \"%s\"",
                fate.place().fileName(),
                fate.place().original(),
                fate.place().bucket(),
                100 * fate.place().pixelsKept(),
                fate.framing() == null ? "" : ", " + fate.framing().words(),
                fate.caption());
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
