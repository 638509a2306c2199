package athanor.appraisal;

import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.Severity;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Counts what is known of a set, and says what would make it better. */
final class SetReport {

    /** Below this a LoRA learns the pictures rather than the subject. */
    private static final int FEW = 5;

    private static final int NAMED = 5;

    /** Lower ends of the histogram of short sides, pixels. */
    private static final List<Integer> SIDES = List.of(0, 256, 512, 768, 1024, 1536, 2048);

    private static final Set<FindingCode> ALIKE = EnumSet.of(
            FindingCode.DUPLICATE,
            FindingCode.SAME_SHOT,
            FindingCode.BURST,
            FindingCode.MIRRORED,
            FindingCode.NEAR_DUPLICATE);

    private final List<PictureView> accepted;
    private final Sentences sentences;
    private final List<String> next = new ArrayList<>();

    private SetReport(List<PictureView> accepted, Sentences sentences) {
        this.accepted = accepted;
        this.sentences = sentences;
    }

    static PicturesReport of(List<PictureView> pictures, List<PicturesReport.Alike> alike, Sentences sentences) {
        List<PictureView> accepted =
                pictures.stream().filter(PictureView::accepted).toList();
        Map<Framing, Integer> framings = framings(accepted);
        return new PicturesReport(
                pictures.size(),
                accepted.size(),
                (int) accepted.stream()
                        .filter(picture -> !picture.findings().isEmpty())
                        .count(),
                pictures.size() - accepted.size(),
                sides(accepted),
                findings(pictures),
                framings,
                alike,
                new SetReport(accepted, sentences).next(pictures, framings));
    }

    private static List<PicturesReport.SideCount> sides(List<PictureView> accepted) {
        List<PicturesReport.SideCount> counts = new ArrayList<>();
        for (int i = 0; i < SIDES.size(); i++) {
            int from = SIDES.get(i);
            int below = i + 1 < SIDES.size() ? SIDES.get(i + 1) : 0;
            int pictures = (int) accepted.stream()
                    .mapToInt(SetReport::shortSide)
                    .filter(side -> side >= from && (below == 0 || side < below))
                    .count();
            if (pictures > 0) {
                counts.add(new PicturesReport.SideCount(from, below, pictures));
            }
        }
        return counts;
    }

    private static int shortSide(PictureView picture) {
        MeasuredPicture measured = picture.measured();
        if (measured != null) {
            return Math.min(measured.effectiveWidth(), measured.effectiveHeight());
        }
        return picture.size() == null
                ? 0
                : Math.min(picture.size().width(), picture.size().height());
    }

    private static Map<FindingCode, Integer> findings(List<PictureView> pictures) {
        Map<FindingCode, Integer> counts = new EnumMap<>(FindingCode.class);
        for (PictureView picture : pictures) {
            picture.findings().stream()
                    .map(Finding::code)
                    .distinct()
                    .forEach(code -> counts.merge(code, 1, Integer::sum));
        }
        return counts;
    }

    private static Map<Framing, Integer> framings(List<PictureView> accepted) {
        Map<Framing, Integer> counts = new EnumMap<>(Framing.class);
        accepted.stream().map(PictureView::framing).forEach(framing -> {
            if (framing != null) {
                counts.merge(framing, 1, Integer::sum);
            }
        });
        return counts;
    }

    /** In order of gain: what harms, what is missing, what could be better. */
    private List<String> next(List<PictureView> pictures, Map<Framing, Integer> framings) {
        if (accepted.isEmpty()) {
            return pictures.isEmpty() ? List.of() : List.of(sentences.of("next.NOTHING_USABLE"));
        }
        name("HARMFUL", finding -> finding.severity() == Severity.HARMFUL);
        name("SEVERAL_PEOPLE", FindingCode.SEVERAL_PEOPLE);
        name("NO_PERSON", FindingCode.NO_PERSON);
        name("ALIKE", finding -> ALIKE.contains(finding.code()) && finding.severity() != Severity.HINT);
        if (accepted.size() < FEW) {
            next.add(sentences.of("next.FEW", Integer.toString(accepted.size())));
        }
        aboutFramings(framings);
        name("BLURRED", FindingCode.FACE_BLURRED, FindingCode.BLURRED, FindingCode.MOTION_BLURRED);
        name("UPSCALED", FindingCode.UPSCALED, FindingCode.TOO_SMALL);
        name("QUALITY", FindingCode.DARK, FindingCode.NOISY, FindingCode.OVERCOMPRESSED, FindingCode.FLAT);
        return next;
    }

    private void aboutFramings(Map<Framing, Integer> framings) {
        boolean people =
                framings.keySet().stream().anyMatch(framing -> framing != Framing.NONE && framing != Framing.UNKNOWN);
        if (!people) {
            return;
        }
        double enough = Framing.neededOf(accepted.size());
        List<String> few = Stream.of(Framing.CLOSE_UP, Framing.HALF, Framing.FULL)
                .filter(framing -> framings.getOrDefault(framing, 0) < enough)
                .map(framing ->
                        sentences.of("framing." + framing.name(), Integer.toString(framings.getOrDefault(framing, 0))))
                .toList();
        if (!few.isEmpty()) {
            next.add(sentences.of("next.FRAMING", String.join(", ", few), (int) Math.ceil(enough)));
        }
    }

    private void name(String key, FindingCode... codes) {
        Set<FindingCode> wanted = Set.of(codes);
        name(key, finding -> wanted.contains(finding.code()) && finding.severity() != Severity.HARMFUL);
    }

    private void name(String key, Predicate<Finding> wanted) {
        List<String> names = accepted.stream()
                .filter(picture -> picture.findings().stream().anyMatch(wanted))
                .map(PictureView::fileName)
                .toList();
        if (!names.isEmpty()) {
            String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            next.add(sentences.of(
                    "next." + key, Integer.toString(names.size()), names.size() > NAMED ? shown + ", …" : shown));
        }
    }
}
