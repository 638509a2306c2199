package athanor.plan;

import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the owner of a set should know of the heads in it: one sentence for each thing, with the names. */
public final class HeadWarnings {

    /** Fewer cells of the latent picture do not carry who it is. */
    private static final int LEAST_CELLS = 6;

    private static final int NAMED = 10;

    private HeadWarnings() {}

    /**
     * A head and where its picture goes.
     *
     * @param fileName of the picture
     */
    public record Placed(String fileName, Head head, Placement placement) {}

    /**
     * @param heads of the pictures that are trained on, where one was found
     * @param pictures how many are trained on
     * @param cell pixels that one cell of the latent picture covers
     */
    public static List<String> of(List<Placed> heads, int pictures, int cell) {
        List<String> warnings = new ArrayList<>();
        List<Placed> cut =
                heads.stream().filter(any -> any.head().cutOff(any.placement())).toList();
        if (!cut.isEmpty()) {
            warnings.add("%s the cut to the bucket takes a part of the head: %s; cut %s yourself, around the head"
                    .formatted(
                            in(cut.size(), pictures),
                            names(cut, "%.0f %%", any -> 100 * any.head().cut(any.placement())),
                            cut.size() == 1 ? "it" : "them"));
        }
        int least = LEAST_CELLS * cell;
        List<Placed> small = heads.stream()
                .filter(any -> any.head().height(any.placement()) < least)
                .toList();
        if (!small.isEmpty()) {
            warnings.add(
                    "%s the head is under %d cells of the latent picture (%d pixels), too few to carry who it is: %s; cut %s closer, or train larger"
                            .formatted(
                                    in(small.size(), pictures),
                                    LEAST_CELLS,
                                    least,
                                    names(
                                            small,
                                            "%.0f pixels",
                                            any -> any.head().height(any.placement())),
                                    small.size() == 1 ? "it" : "them"));
        }
        return warnings;
    }

    private static String in(int some, int all) {
        return "in %d of %d %s".formatted(some, all, all == 1 ? "picture" : "pictures");
    }

    private static String names(List<Placed> heads, String format, ToDoubleFunction<Placed> measured) {
        List<String> names = new ArrayList<>(heads.stream()
                .limit(NAMED)
                .map(any -> "%s (%s)"
                        .formatted(any.fileName(), String.format(Locale.ROOT, format, measured.applyAsDouble(any))))
                .toList());
        if (heads.size() > NAMED) {
            names.add("and %d more".formatted(heads.size() - NAMED));
        }
        return String.join(", ", names);
    }
}
