package athanor.stack.run;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.TrainedStep;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.losses.LossChart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes to a folder what a run has made, or has made so far. */
public final class FetchResults {

    private final RunsClient runs;
    private final SamplesClient samples;

    public FetchResults(RunsClient runs, SamplesClient samples) {
        this.runs = runs;
        this.samples = samples;
    }

    /** Of a run that somebody else may have started. */
    public Map<String, Path> into(Results results, RunView run) {
        Recipe recipe = Objects.requireNonNull(run.recipe(), "a run by its id has a recipe");
        Instant begin =
                run.history().isEmpty() ? run.updatedAt() : run.history().get(0).at();
        double seconds = Duration.between(begin, run.updatedAt()).toMillis() / 1e3;
        return into(results, run.runId().value(), run.name(), samples.baseModel(recipe.baseModel()), seconds);
    }

    /**
     * @param name of the LoRA
     * @param base that the run trained on
     * @param seconds from the first upload to the last picture
     * @return the files by what they are, in the order in which they are worth looking at
     */
    public Map<String, Path> into(Results results, String runId, String name, BaseModelView base, double seconds) {
        Map<String, Path> files = new LinkedHashMap<>();
        runs.contactSheet(runId)
                .ifPresent(
                        sheet -> files.put("contact sheet", results.write(results.file("contact-sheet.png"), sheet)));
        runs.lora(runId)
                .ifPresent(lora ->
                        files.put("LoRA", results.write(results.file(fileName(name) + ".safetensors"), lora)));
        runs.loraCard(runId)
                .ifPresent(card -> files.put("card", results.write(results.file(fileName(name) + ".md"), card)));
        runs.proofPage(runId).ifPresent(page -> {
            files.put("proof", results.write(results.file("proof.md"), page));
            runs.proofChart(runId).ifPresent(chart -> results.write(results.file("proof.png"), chart));
            runs.proof(runId).ifPresent(proof -> results.write(results.file("proof.json"), proof));
        });
        List<TrainedStep> steps = runs.progress(runId);
        if (!steps.isEmpty()) {
            files.put("losses", results.write(results.file("losses.png"), LossChart.png(steps)));
            results.write(results.file("losses.csv"), runs.progressAsCsv(runId));
        }
        String report =
                ReportPage.markdown(runs.report(runId), runs.run(runId).recipe(), base, seconds, files.keySet());
        files.put("report", results.write(results.file("report.md"), report.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    /** Letters of every script; what disks or shells trip over becomes a hyphen. */
    public static String fileName(String name) {
        return name.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-");
    }
}
