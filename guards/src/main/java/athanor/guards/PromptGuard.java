package athanor.guards;

import athanor.contracts.picture.Framing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Compares the framing that a prompt asks for with those the LoRA was shown. A LoRA can draw only those: 29 half-body
 * pictures and one blurred full-body picture do not give full bodies.
 */
public final class PromptGuard {

    /** A framing is supported by at least this many pictures, or a quarter of a small set, and by this share of any. */
    private static final int LEAST_PICTURES = 5;

    private static final double QUARTER = 0.25;

    private static final double LEAST_SHARE = 0.2;

    private PromptGuard() {}

    /** A sentence for each framing that is asked for and was not shown enough; none when nothing is known. */
    public static List<String> check(String prompt, Map<Framing, Integer> shown) {
        int all = shown.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return List.of();
        }
        double needed = needed(all);
        List<String> warnings = new ArrayList<>();
        FramingWords.askedFor(prompt).forEach((framing, word) -> {
            int pictures = shown.getOrDefault(framing, 0);
            if (pictures < needed) {
                warnings.add(
                        ("the prompt asks for %s ('%s'), but %s of its %d pictures showed that: expect a broken figure;"
                                        + " it knows %s")
                                .formatted(
                                        framing.words(),
                                        word,
                                        pictures == 0 ? "none" : "only " + pictures,
                                        all,
                                        known(shown, needed)));
            }
        });
        return warnings;
    }

    /** How many pictures of a set of this size have to show a framing for it to be learnt. */
    public static double needed(int pictures) {
        return Math.max(LEAST_SHARE * pictures, Math.min(LEAST_PICTURES, QUARTER * pictures));
    }

    private static String known(Map<Framing, Integer> shown, double needed) {
        List<String> supported = shown.entrySet().stream()
                .filter(entry -> entry.getValue() >= needed)
                .sorted(Comparator.comparing((Map.Entry<Framing, Integer> entry) -> entry.getValue())
                        .reversed())
                .map(entry -> entry.getKey().words())
                .toList();
        return supported.isEmpty() ? "no framing well" : String.join(", ", supported);
    }
}
