package athanor.stack.run;

import athanor.contracts.rest.BaseModelView;
import athanor.stack.terminal.ProgressBar;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What the ingest service reports of a run, as a page to read. */
final class RunReport {

    private final StringBuilder page = new StringBuilder();
    private final JsonNode report;

    private RunReport(JsonNode report) {
        this.report = report;
    }

    /**
     * @param report as {@code GET /runs/{id}/report} gives it
     * @param base what the run trained on
     * @param seconds from the first upload to the last picture, as seen from here
     */
    static String markdown(JsonNode report, BaseModelView base, double seconds) {
        RunReport written = new RunReport(report);
        written.head(base, seconds);
        written.pictures();
        written.plan();
        written.times();
        written.training();
        written.list("Verdicts", report.path("verdicts"));
        return written.page.toString();
    }

    private void head(BaseModelView base, double seconds) {
        line("# %s", report.path("name").asText());
        line("");
        line(
                "Run `%s`: %s, %s from the first upload to the last picture.",
                report.path("runId").asText(),
                report.path("state").path("type").asText(),
                ProgressBar.duration(seconds));
        line("");
        line("Base model `%s`, sha256 `%s`.", base.path(), base.sha256());
        line("");
        line("![contact sheet](contact-sheet.png)");
    }

    private void pictures() {
        section("Pictures");
        line(
                "%d used, %d refused.",
                report.path("acceptedPictures").asInt(),
                report.path("rejectedPictures").size());
        for (JsonNode rejected : report.path("rejectedPictures")) {
            line(
                    "- %s: %s",
                    rejected.path("fileName").asText(), rejected.path("reason").asText());
        }
    }

    private void plan() {
        JsonNode plan = report.path("plan");
        section("Plan");
        line("Every picture is scaled to at most the pixels of %s.", size(plan.path("area")));
        line("");
        line("| size | instance pictures | class pictures |");
        line("| --- | --- | --- |");
        for (JsonNode bucket : plan.path("buckets")) {
            line(
                    "| %s | %d | %d |",
                    size(bucket.path("size")),
                    bucket.path("instances").asInt(),
                    bucket.path("classPictures").asInt());
        }
        line("");
        plan.path("warnings").forEach(warning -> line("- %s", warning.asText()));
    }

    private void times() {
        section("Times");
        line("| stage | time |");
        line("| --- | --- |");
        for (JsonNode stage : report.path("stages")) {
            if (stage.path("seconds").isNumber()) {
                line(
                        "| %s | %.1f s |",
                        stage.path("state").asText(), stage.path("seconds").asDouble());
            }
        }
    }

    private void training() {
        JsonNode training = report.path("training");
        if (training.isObject()) {
            section("Training");
            line(
                    "%d steps in %.1f s (attempt %d), %.3f s a step. Final loss: instance %.4f, prior %.4f.",
                    training.path("steps").asInt(),
                    training.path("seconds").asDouble(),
                    training.path("attempt").asInt(),
                    training.path("seconds").asDouble()
                            / Math.max(1, training.path("steps").asInt()),
                    training.path("finalInstanceLoss").asDouble(),
                    training.path("finalPriorLoss").asDouble());
        }
    }

    private void list(String title, JsonNode sentences) {
        section(title);
        sentences.forEach(sentence -> line("- %s", sentence.asText()));
        if (sentences.isEmpty()) {
            line("None.");
        }
    }

    private void section(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private static String size(JsonNode size) {
        return size.path("width").asInt() + " x " + size.path("height").asInt();
    }

    private void line(String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
