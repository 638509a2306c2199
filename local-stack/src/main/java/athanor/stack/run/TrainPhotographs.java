package athanor.stack.run;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.PictureView;
import athanor.stack.StackAddress;
import athanor.stack.client.Photograph;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.SetPage;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The main job from the outside: photographs in, a LoRA, a contact sheet and a report out. */
public final class TrainPhotographs {

    private final RunsClient runs;
    private final SamplesClient samples;
    private final Terminal terminal;

    public TrainPhotographs(StackAddress stack, Terminal terminal) {
        this.runs = new RunsClient(stack.ingest());
        this.samples = new SamplesClient(stack.sample());
        this.terminal = terminal;
    }

    /** @return the folder's files by what they are, in the order in which they are worth looking at */
    public Map<String, Path> train(String name, List<Photograph> photographs, Recipe recipe, Results results) {
        long begin = System.nanoTime();
        BaseModelView base = base(recipe);
        String runId = runs.create(name, recipe).runId().value();
        return follow(runId, name, base, results, begin, () -> upload(runId, photographs));
    }

    /** With the pictures of another run, and nothing to upload. */
    public Map<String, Path> trainAgain(String cloned, String name, Recipe recipe, Results results) {
        long begin = System.nanoTime();
        BaseModelView base = base(recipe);
        String runId = runs.cloneOf(cloned, name, recipe).runId().value();
        return follow(runId, name, base, results, begin, () -> terminal.line("pictures of run %s".formatted(cloned)));
    }

    private BaseModelView base(Recipe recipe) {
        BaseModelView base = samples.baseModel(recipe.baseModel());
        terminal.line("base %s, sha256 %s".formatted(base.path(), base.sha256()));
        return base;
    }

    private Map<String, Path> follow(
            String runId, String name, BaseModelView base, Results results, long begin, Runnable pictures) {
        terminal.line("run %s".formatted(runId));
        try {
            pictures.run();
            tellOfThem(runId);
            runs.start(runId);
        } catch (StackProblem e) {
            withdraw(runId);
            throw e;
        }
        try {
            new FollowRun(runs, terminal).untilItEnds(runId);
        } catch (StackProblem e) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            whatThereIs(runId, name, base, seconds, results)
                    .forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
            throw e;
        }
        return fetch(runId, name, base, (System.nanoTime() - begin) / 1e9, results);
    }

    private void upload(String runId, List<Photograph> photographs) {
        int refused = 0;
        for (int i = 0; i < photographs.size(); i++) {
            Photograph photograph = photographs.get(i);
            terminal.status(
                    "Uploading",
                    "  Uploading   %s  %s".formatted(ProgressBar.of(i, photographs.size()), photograph.fileName()));
            Optional<String> refusal = runs.upload(runId, photograph);
            if (refusal.isPresent()) {
                refused++;
                terminal.line("  not used: %s".formatted(refusal.get()));
            }
        }
        if (refused == photographs.size()) {
            throw new StackProblem(
                    "none of the %d pictures can be used; the lines above say why".formatted(photographs.size()));
        }
    }

    /** Before anything is spent: what they are worth, and what would be better. */
    private void tellOfThem(String runId) {
        List<PictureView> used =
                runs.pictures(runId).stream().filter(PictureView::accepted).toList();
        SetPage.findings(used).forEach(terminal::line);
        SetPage.summary(runs.picturesReport(runId)).forEach(terminal::line);
    }

    private Map<String, Path> fetch(String runId, String name, BaseModelView base, double seconds, Results results) {
        byte[] report = ReportPage.markdown(runs.report(runId), base, seconds).getBytes(StandardCharsets.UTF_8);
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("contact sheet", results.write(results.file("contact-sheet.png"), runs.contactSheet(runId)));
        files.put("LoRA", results.write(results.file(fileName(name) + ".safetensors"), runs.lora(runId)));
        files.put("report", results.write(results.file("report.md"), report));
        return files;
    }

    /** A run that will never get its pictures would wait for them for ever. */
    private void withdraw(String runId) {
        try {
            runs.cancel(runId);
        } catch (StackProblem unreachable) {
            terminal.line("run %s stays open, waiting for pictures: %s".formatted(runId, unreachable.getMessage()));
        }
    }

    /** Of a run that did not come to its end: what it made until then is its owner's all the same. */
    private Map<String, Path> whatThereIs(
            String runId, String name, BaseModelView base, double seconds, Results results) {
        Map<String, Path> files = new LinkedHashMap<>();
        take("LoRA", files, () -> results.write(results.file(fileName(name) + ".safetensors"), runs.lora(runId)));
        take("contact sheet", files, () -> results.write(results.file("contact-sheet.png"), runs.contactSheet(runId)));
        take(
                "report",
                files,
                () -> results.write(
                        results.file("report.md"),
                        ReportPage.markdown(runs.report(runId), base, seconds).getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    private static void take(String what, Map<String, Path> files, Supplier<Path> file) {
        try {
            files.put(what, file.get());
        } catch (StackProblem notMade) {
            System.getLogger(TrainPhotographs.class.getName())
                    .log(System.Logger.Level.DEBUG, "no {0}: {1}", what, notMade.getMessage());
        }
    }

    /** Letters of every script; what disks or shells trip over becomes a hyphen. */
    private static String fileName(String name) {
        return name.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-");
    }
}
