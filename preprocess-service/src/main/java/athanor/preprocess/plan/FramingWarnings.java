package athanor.preprocess.plan;

import athanor.contracts.picture.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be said of the framings of a set: which are taught, which are not, which pictures do harm, what the cut changed. */
final class FramingWarnings {

    /** So many framings leave nothing to be said. */
    private static final int MANY = 3;

    /** Heads of fewer pictures of one framing are not compared. */
    private static final int FEW_HEADS = 4;

    /** Within one framing, heads of standing and sitting people come to less than that. */
    private static final double MIXED = 2.2;

    private FramingWarnings() {}

    static List<String> of(List<PlacedPicture> pictures) {
        SetFraming set = new SetFraming(pictures);
        double needed = set.needed();
        List<PlacedPicture> outliers = set.outliers();
        List<String> warnings = new ArrayList<>();
        set.shown().forEach((framing, these) -> {
            if (!set.teaches(framing)) {
                warnings.add(("%s: only %d of %d pictures %s (%s)%s, too few to learn it and enough to do harm; leave"
                                + " %s out%s, or add %s more")
                        .formatted(
                                names(these),
                                these.size(),
                                set.known(),
                                these.size() == 1 ? "shows that framing" : "show that framing",
                                framing.words(),
                                blurred(these),
                                these.size() == 1 ? "it" : "them",
                                outliers.containsAll(these) ? " (framing.outliers=LEAVE_OUT)" : "",
                                (int) Math.ceil(needed) - these.size()));
            }
        });
        List<String> taught = set.shown().keySet().stream()
                .filter(set::teaches)
                .map(Framing::words)
                .toList();
        if (!taught.isEmpty() && taught.size() < MANY) {
            warnings.add(("the pictures show %s: the LoRA will draw that, and other framings badly or not at all; add"
                            + " pictures of those that it shall draw")
                    .formatted(String.join(" and ", taught)));
        }
        set.shown().forEach((framing, these) -> mixed(framing, these).ifPresent(warnings::add));
        changedByTheCut(pictures).ifPresent(warnings::add);
        return warnings;
    }

    private static String blurred(List<PlacedPicture> these) {
        long blurred =
                these.stream().filter(picture -> picture.whole().blurred()).count();
        if (blurred == 0) {
            return "";
        }
        return blurred == these.size() && blurred == 1 ? " and is blurred" : ", %d of them blurred".formatted(blurred);
    }

    /** One word of a prompt then calls heads of very different size. */
    private static Optional<String> mixed(Framing framing, List<PlacedPicture> these) {
        List<Double> heads = SetFraming.heads(these);
        if (heads.size() < FEW_HEADS) {
            return Optional.empty();
        }
        // The outermost of many are accidents of the detector.
        int aside = heads.size() / 10;
        double small = heads.get(aside);
        double large = heads.get(heads.size() - 1 - aside);
        return large < MIXED * small
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "of the pictures that show %s the heads take from %.0f %% to %.0f %% of the height: mixed proportions make a LoRA draw heads too large or too small for their bodies; cut these pictures alike",
                        framing.words(),
                        100 * small,
                        100 * large));
    }

    private static Optional<String> changedByTheCut(List<PlacedPicture> pictures) {
        List<String> changed = pictures.stream()
                .filter(picture -> picture.whole().framing().isPresent())
                .filter(picture -> !picture.whole().framing().equals(picture.framing()))
                .map(picture -> "%s (%s, now %s)"
                        .formatted(
                                picture.fileName(),
                                picture.whole().framing().orElseThrow().words(),
                                picture.framing().map(Framing::words).orElse("unknown")))
                .toList();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the cut to the bucket changes how %d of %d pictures show their person: %s; where a caption names the framing, correct it, or cut the picture yourself"
                                .formatted(changed.size(), pictures.size(), String.join(", ", changed)));
    }

    private static String names(List<PlacedPicture> these) {
        return String.join(", ", these.stream().map(PlacedPicture::fileName).toList());
    }
}
