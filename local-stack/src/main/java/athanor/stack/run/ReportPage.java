package athanor.stack.run;

import athanor.contracts.Size;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.RejectedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.RunReport;
import athanor.contracts.run.RunState;
import athanor.stack.terminal.ProgressBar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the ingest service reports of a run, as a page to read. */
final class ReportPage {

    private static final double GIB = 1L << 30;

    private final StringBuilder written = new StringBuilder();
    private final RunReport report;
    private final Set<String> beside;

    private ReportPage(RunReport report, Set<String> beside) {
        this.report = report;
        this.beside = beside;
    }

    /**
     * @param report as {@code GET /runs/{id}/report} gives it
     * @param recipe with all that was not asked for filled in; null where the service does not tell
     * @param base what the run trained on
     * @param seconds from the first upload to the last picture
     * @param beside the page, by what it is
     */
    static String markdown(
            RunReport report, @Nullable Recipe recipe, BaseModelView base, double seconds, Set<String> beside) {
        ReportPage page = new ReportPage(report, beside);
        page.head(base, seconds);
        page.pictures();
        page.plan();
        page.pictureByPicture();
        page.pairs();
        page.times();
        page.training();
        page.verdicts();
        page.tookEffect();
        page.recipe(recipe);
        return page.written.toString();
    }

    private void head(BaseModelView base, double seconds) {
        line("# %s", report.name());
        line("");
        line(
                "Run `%s`: %s, %s from the first upload to the last picture.",
                report.runId(), report.state().name(), ProgressBar.duration(seconds));
        line("");
        line("Base model `%s`, sha256 `%s`.", base.path(), base.sha256());
        if (beside.contains("contact sheet")) {
            line("");
            line("![contact sheet](contact-sheet.png)");
        }
        if (report.state() instanceof RunState.Finished) {
            line("");
            line(
                    beside.contains("proof")
                            ? "What was measured of it at which checkpoint and strength: [proof.md](proof.md)."
                            : "What it can do was not measured: its recipe says `proof=OFF`, or the training was too short for a proof that costs a fifth of it at most (`--set proof=FULL` measures all the same), or there were too few pictures to measure by.");
        }
    }

    private void pictures() {
        section("Pictures");
        line(
                "%d used, %d refused.",
                report.acceptedPictures(), report.rejectedPictures().size());
        for (RejectedPicture rejected : report.rejectedPictures()) {
            line("- %s: %s", rejected.fileName(), rejected.reason());
        }
    }

    private void plan() {
        TrainingPlan plan = report.plan();
        if (plan == null) {
            return;
        }
        section("Plan");
        line("Every picture is scaled to at most the pixels of %s.", spaced(plan.area()));
        line("");
        line("| size | instance pictures | class pictures |");
        line("| --- | --- | --- |");
        for (BucketCount bucket : plan.buckets()) {
            line("| %s | %d | %d |", spaced(bucket.size()), bucket.instances(), bucket.classPictures());
        }
        line("");
        PlanView memory = plan.memory();
        if (memory != null) {
            line(
                    "It was planned to take %.1f of %.1f GiB, %.1f of them counted, and to keep %s of the pictures' pixels.%s",
                    memory.bytes() / GIB,
                    memory.memoryBytes() / GIB,
                    (memory.bytes() - memory.assumedBytes()) / GIB,
                    percent(memory.kept()),
                    memory.nextCard() == null || !memoryIsTheLimit(memory)
                            ? ""
                            : " A larger one: " + memory.nextCard().sentence() + ".");
            line("");
        }
        if (plan.choice() != null) {
            line("%s. Measured on the drawn world, see docs/quality.md.", plan.choice());
            line("");
        }
        plan.warnings().forEach(warning -> line("- %s", warning));
    }

    private void pairs() {
        if (report.pairs().isEmpty()) {
            return;
        }
        section("Heads and the pictures they stand against");
        line("Zoom is how much higher the head is in its own picture; its share is of the height of the other one.");
        line("");
        line("| head of | trained at | against | trained at | zoom | share of the head | framing | proportion |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- |");
        report.pairs()
                .forEach(pair -> line(
                        "| %s | %s | %s | %s | %.1f | %s | %s | %s |",
                        cell(pair.fileName()),
                        spaced(pair.headSize()),
                        cell(pair.body()),
                        spaced(pair.wholeSize()),
                        pair.zoom(),
                        percent(pair.headShare()),
                        pair.framing() == null ? "" : pair.framing().words(),
                        pair.proportion() == null ? "" : percent(pair.proportion())));
    }

    /** Where most of it stays free, a larger card would train no larger. */
    private static boolean memoryIsTheLimit(PlanView memory) {
        return memory.bytes() > memory.memoryBytes() / 2;
    }

    private void pictureByPicture() {
        if (report.pictures().isEmpty()) {
            return;
        }
        section("Picture by picture");
        line("The part is in pixels of the original: columns and rows cut off at the left and above, then its size.");
        line("");
        line("| picture | is | trained at | part | scale | pixels kept | framing | caption | to know |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        report.pictures().forEach(fate -> line("%s", row(fate)));
    }

    private static String row(PictureFate fate) {
        PlanView.Picture place = fate.place();
        PictureFate.Cut cut = fate.cut();
        List<String> toKnow = new ArrayList<>();
        if (place.refused() != null) {
            toKnow.add(place.refused());
        }
        fate.findings().forEach(finding -> toKnow.add(finding.sentence()));
        return "| "
                + Stream.of(
                                place.fileName(),
                                spaced(place.original()),
                                cut == null ? "left out" : spaced(place.bucket()),
                                cut == null
                                        ? ""
                                        : "%d, %d: %d x %d".formatted(cut.x(), cut.y(), cut.width(), cut.height()),
                                String.format(Locale.ROOT, "%.2f", place.scale()),
                                cut == null ? "" : percent(place.pixelsKept()),
                                fate.framing() == null ? "" : fate.framing().words(),
                                fate.caption() == null ? "" : fate.caption(),
                                String.join("; ", toKnow))
                        .map(ReportPage::cell)
                        .collect(Collectors.joining(" | "))
                + " |";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.095 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /** People write bars into names and captions. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }

    private void times() {
        section("Times");
        line("| stage | time |");
        line("| --- | --- |");
        for (RunReport.Stage stage : report.stages()) {
            if (stage.seconds() != null) {
                line("| %s | %.1f s |", stage.state(), stage.seconds());
            }
        }
    }

    private void training() {
        RunReport.Training training = report.training();
        if (training != null) {
            section("Training");
            line(
                    "%d steps in %.1f s (attempt %d), %.3f s a step. Final loss: instance %.4f, prior %.4f.",
                    training.steps(),
                    training.seconds(),
                    training.attempt(),
                    training.seconds() / Math.max(1, training.steps()),
                    training.finalInstanceLoss(),
                    training.finalPriorLoss());
            if (beside.contains("losses")) {
                line("");
                line("![losses](losses.png)");
                line("");
                line("Every step is in [losses.csv](losses.csv).");
            }
        }
    }

    private void verdicts() {
        section("Verdicts");
        report.verdicts().forEach(verdict -> line("- %s", verdict));
        if (report.verdicts().isEmpty()) {
            line("None.");
        }
    }

    private void tookEffect() {
        EffectiveSettings effective = report.effective();
        if (effective == null) {
            return;
        }
        section("What took effect");
        line(
                "Read off what computed, in attempt %d on `%s` (%s).",
                effective.attempt(), effective.worker(), effective.device());
        line("");
        line("| setting | value | known by |");
        line("| --- | --- | --- |");
        effective
                .settings()
                .forEach(setting ->
                        line("| `%s` | %s | %s |", setting.key(), cell(setting.value()), cell(setting.knownBy())));
        line("");
        line(
                "Computed in: %s.",
                effective.parts().stream()
                        .map(part -> part.numbers() > 0
                                ? "%s %s, %d numbers trained".formatted(part.part(), part.type(), part.numbers())
                                : "%s %s".formatted(part.part(), part.type()))
                        .collect(Collectors.joining("; ")));
        effective.captions().stream()
                .filter(caption -> caption.unread() != null)
                .forEach(caption -> line(
                        "- of the caption of `%s` the text encoder does not read: %s",
                        caption.picture(), cell(String.valueOf(caption.unread()))));
    }

    private void recipe(@Nullable Recipe recipe) {
        if (recipe == null) {
            return;
        }
        section("Recipe");
        line("What was asked for, and the defaults for all else.");
        line("");
        line("```json");
        written.append(Json.pretty(recipe).strip()).append('\n');
        line("```");
    }

    private void section(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private static String spaced(Size size) {
        return size.width() + " x " + size.height();
    }

    private void line(String format, Object... values) {
        written.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
