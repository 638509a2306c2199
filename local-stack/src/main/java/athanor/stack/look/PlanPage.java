package athanor.stack.look;

import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.PriorMode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in lines for a terminal. */
public final class PlanPage {

    private static final double GIB = 1L << 30;
    private static final int LONGEST_NAME = 32;
    private static final String ROW = "  %-" + LONGEST_NAME + "s  %-11s %-10s %6s %7s %7s %6s  %s";

    private PlanPage() {}

    public static List<String> lines(PlanView plan) {
        List<String> lines = new ArrayList<>();
        lines.add("area     %s: %s in %s, batch %d%s, rank %d%s"
                .formatted(
                        plan.area(),
                        plan.family(),
                        plan.precision(),
                        plan.batch(),
                        plan.prior() == PriorMode.OFF ? "" : " and as many class pictures",
                        plan.rank(),
                        plan.recompute() ? ", activations computed twice" : ""));
        lines.add("memory   " + memory(plan));
        lines.add("time     " + time(plan));
        lines.add("kept     " + kept(plan));
        lines.add("buckets  "
                + plan.buckets().stream()
                        .map(bucket -> "%s: %d".formatted(bucket.size(), bucket.pictures()))
                        .collect(Collectors.joining(", ")));
        lines.add(ROW.formatted("", "is", "trains at", "scale", "pixels", "detail", "cut", "head"));
        plan.pictures().forEach(picture -> lines.add(row(picture)));
        plan.warnings().forEach(warning -> lines.add("! " + warning));
        if (plan.nextCard() != null) {
            lines.add("larger   " + plan.nextCard().sentence());
        }
        return lines;
    }

    /** What a run was planned to be, before anything is spent on it. */
    public static List<String> ofRun(TrainingPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("planned  %s in %d %s"
                .formatted(plan.area(), plan.buckets().size(), plan.buckets().size() == 1 ? "size" : "sizes"));
        PlanView memory = plan.memory();
        if (memory != null) {
            lines.add("memory   " + memory(memory));
            lines.add("time     " + time(memory));
            lines.add("kept     " + kept(memory));
        }
        if (plan.choice() != null) {
            lines.add("choice   " + plan.choice());
        }
        plan.warnings().forEach(warning -> lines.add("! " + warning));
        return lines;
    }

    /** Which heads stand against which whole pictures, in one line; nothing where no head does. */
    public static Optional<String> pairs(List<HeadPair> pairs) {
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        DoubleSummaryStatistics zoom =
                pairs.stream().mapToDouble(HeadPair::zoom).summaryStatistics();
        DoubleSummaryStatistics share =
                pairs.stream().mapToDouble(HeadPair::headShare).summaryStatistics();
        return Optional.of(text(
                "pairs    %d %s, %s times higher there than in the whole picture, where the head is %s of the height",
                pairs.size(),
                pairs.size() == 1 ? "head" : "heads",
                fromTo(text("%.1f", zoom.getMin()), text("%.1f", zoom.getMax())),
                fromTo(percent(share.getMin()), percent(share.getMax()))));
    }

    private static String fromTo(String least, String most) {
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String memory(PlanView plan) {
        return text(
                "%.1f of %.1f GiB; %.1f counted, %.1f assumed for what else takes room",
                plan.bytes() / GIB,
                plan.memoryBytes() / GIB,
                (plan.bytes() - plan.assumedBytes()) / GIB,
                plan.assumedBytes() / GIB);
    }

    private static String kept(PlanView plan) {
        return "%s of the pictures' pixels%s"
                .formatted(
                        percent(plan.kept()),
                        plan.detailKept() == null ? "" : ", %s of their detail".formatted(percent(plan.detailKept())));
    }

    private static String time(PlanView plan) {
        return plan.seconds() == null
                ? plan.speed()
                : text(
                        "%.0f s for %d steps (%s; a run's own estimate is by what was trained on its workers)",
                        plan.seconds(), plan.steps(), plan.speed());
    }

    private static String row(PlanView.Picture picture) {
        String name = picture.fileName();
        return ROW.formatted(
                        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...",
                        picture.original(),
                        picture.refused() == null ? picture.bucket() : "refused",
                        text("%.2f", picture.scale()),
                        percent(picture.pixelsKept()),
                        percent(picture.detailKept()),
                        percent(picture.cut()),
                        head(picture))
                .stripTrailing();
    }

    private static String head(PlanView.Picture picture) {
        if (picture.headCells() == null || picture.headCut() == null) {
            return "";
        }
        return text("%.0f cells", picture.headCells())
                + (picture.headCut() < 0.005 ? "" : ", %s cut off".formatted(percent(picture.headCut())));
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : text(share < 0.095 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
