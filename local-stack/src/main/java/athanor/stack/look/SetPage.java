package athanor.stack.look;

import athanor.contracts.picture.Finding;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import java.util.ArrayList;
import java.util.List;

/** A set of pictures in lines for a terminal. */
public final class SetPage {

    private SetPage() {}

    /** What is to be known of each picture; nothing of those that are good. */
    public static List<String> findings(List<PictureView> pictures, SetWords words) {
        List<String> lines = new ArrayList<>();
        for (PictureView picture : pictures) {
            for (Finding finding : picture.findings()) {
                String mark = words.of("mark." + finding.severity());
                lines.add("  %-8s %s: %s".formatted(mark, picture.fileName(), finding.sentence()));
            }
        }
        return lines;
    }

    public static List<String> summary(PicturesReport report, SetWords words) {
        List<String> lines = new ArrayList<>();
        lines.add(words.of("summary", report.pictures(), report.accepted(), report.withFindings(), report.rejected()));
        if (!report.shortSides().isEmpty()) {
            lines.add(words.of(
                    "sides",
                    words.list(report.shortSides().stream()
                            .map(count -> side(count, words))
                            .toList())));
        }
        if (!report.framings().isEmpty()) {
            lines.add(words.of(
                    "framings",
                    words.list(report.framings().entrySet().stream()
                            .map(entry -> words.of("framing", entry.getValue(), words.of("framing." + entry.getKey())))
                            .toList())));
        }
        for (int i = 0; i < report.next().size(); i++) {
            lines.add(words.of(i == 0 ? "next" : "then", i + 1, report.next().get(i)));
        }
        return lines;
    }

    private static String side(PicturesReport.SideCount count, SetWords words) {
        if (count.below() == 0) {
            return words.of("side.from", count.pictures(), count.from());
        }
        return count.from() == 0
                ? words.of("side.below", count.pictures(), count.below())
                : words.of("side.between", count.pictures(), count.from(), count.below() - 1);
    }
}
