package athanor.stack.look;

import athanor.contracts.picture.Finding;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A set of pictures in lines for a terminal. */
public final class SetPage {

    private SetPage() {}

    /** What is to be known of each picture; nothing of those that are good. */
    public static List<String> findings(List<PictureView> pictures) {
        List<String> lines = new ArrayList<>();
        for (PictureView picture : pictures) {
            for (Finding finding : picture.findings()) {
                lines.add("  %-8s %s: %s".formatted(mark(finding), picture.fileName(), finding.sentence()));
            }
        }
        return lines;
    }

    public static List<String> summary(PicturesReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%d picture%s: %d used, %d of them with findings; %d not used"
                .formatted(
                        report.pictures(),
                        report.pictures() == 1 ? "" : "s",
                        report.accepted(),
                        report.withFindings(),
                        report.rejected()));
        if (!report.shortSides().isEmpty()) {
            lines.add("shorter side (pixels of their own): "
                    + report.shortSides().stream().map(SetPage::side).collect(Collectors.joining(", ")));
        }
        if (!report.framings().isEmpty()) {
            lines.add("framing: "
                    + report.framings().entrySet().stream()
                            .map(entry -> "%d %s"
                                    .formatted(
                                            entry.getValue(),
                                            entry.getKey()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', '-')))
                            .collect(Collectors.joining(", ")));
        }
        for (int i = 0; i < report.next().size(); i++) {
            lines.add("%s%d. %s"
                    .formatted(
                            i == 0 ? "next: " : "      ", i + 1, report.next().get(i)));
        }
        return lines;
    }

    private static String mark(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String side(PicturesReport.SideCount count) {
        if (count.below() == 0) {
            return "%d of %d and more".formatted(count.pictures(), count.from());
        }
        return count.from() == 0
                ? "%d below %d".formatted(count.pictures(), count.below())
                : "%d of %d to %d".formatted(count.pictures(), count.from(), count.below() - 1);
    }
}
