package athanor.preprocess.plan;

import athanor.contracts.picture.Framing;
import athanor.contracts.picture.FramingProfile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the pictures of a set show their person, each as it is cut. A LoRA can draw only the framings that it was shown: 29 half
 * bodies and one full body do not make full bodies, and the one picture does harm, because it is the only thing that the network
 * learns of them.
 */
public final class SetFraming {

    /** Where fewer of the pictures show framings that can be learnt, the set is mixed, and none is the odd one out. */
    private static final double MOST = 0.8;

    private final List<PlacedPicture> pictures;
    private final Map<Framing, List<PlacedPicture>> shown;

    public SetFraming(List<PlacedPicture> pictures) {
        this.pictures = List.copyOf(pictures);
        this.shown = pictures.stream()
                .filter(picture -> picture.framing().isPresent())
                .collect(Collectors.groupingBy(
                        picture -> picture.framing().orElseThrow(),
                        () -> new EnumMap<>(Framing.class),
                        Collectors.toList()));
    }

    Map<Framing, List<PlacedPicture>> shown() {
        return shown;
    }

    /** Pictures of which it is known. */
    int known() {
        return shown.values().stream().mapToInt(List::size).sum();
    }

    /** Pictures that a framing takes to be learnt. */
    double needed() {
        return Framing.neededOf(known());
    }

    boolean teaches(Framing framing) {
        return shown.getOrDefault(framing, List.of()).size() >= needed();
    }

    /** Those in a framing of which there are too few, in a set that otherwise is of few framings. */
    public List<PlacedPicture> outliers() {
        List<PlacedPicture> few = pictures.stream()
                .filter(picture -> picture.framing().isPresent())
                .filter(picture -> !teaches(picture.framing().orElseThrow()))
                .toList();
        return known() - few.size() >= MOST * known() ? few : List.of();
    }

    /** Why such a picture is not trained on, where the recipe wants it so. */
    public String whyLeftOut(PlacedPicture outlier) {
        Framing framing = outlier.framing().orElseThrow();
        return "only %d of %d pictures show %s%s: too few to learn it and enough to do harm (framing.outliers=KEEP trains on it)"
                .formatted(
                        shown.getOrDefault(framing, List.of()).size(),
                        known(),
                        framing.words(),
                        outlier.whole().blurred() ? ", and it is blurred" : "");
    }

    /** @param leftOut outliers that are not among the pictures any more, by name */
    public FramingProfile profile(List<String> leftOut) {
        List<FramingProfile.Shown> framings = shown.entrySet().stream()
                .map(entry -> profile(entry.getKey(), entry.getValue()))
                .toList();
        List<String> outliers = leftOut.isEmpty()
                ? outliers().stream().map(PlacedPicture::fileName).toList()
                : leftOut;
        return new FramingProfile(framings, pictures.size() - known(), outliers);
    }

    private FramingProfile.Shown profile(Framing framing, List<PlacedPicture> these) {
        List<Double> heads = heads(these);
        List<Double> blurs = these.stream()
                .map(picture -> picture.whole().edgeBlur())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new FramingProfile.Shown(
                framing,
                these.size(),
                (int) these.stream()
                        .filter(picture -> picture.whole().blurred())
                        .count(),
                teaches(framing),
                heads.isEmpty() ? null : heads.get(0),
                middle(heads),
                heads.isEmpty() ? null : heads.get(heads.size() - 1),
                middle(blurs));
    }

    /** Heights of the heads over the height of the picture, the smallest first. */
    static List<Double> heads(List<PlacedPicture> pictures) {
        return pictures.stream()
                .flatMapToDouble(picture -> picture.headShare().stream())
                .sorted()
                .boxed()
                .toList();
    }

    private static @Nullable Double middle(List<Double> sorted) {
        return sorted.isEmpty() ? null : sorted.get(sorted.size() / 2);
    }
}
