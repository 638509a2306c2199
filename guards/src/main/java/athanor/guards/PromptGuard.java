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

    private PromptGuard() {}

    /** A sentence for each framing that is asked for and was not shown enough; none when nothing is known. */
    public static List<String> check(String prompt, Map<Framing, Integer> shown) {
        int all = shown.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return List.of();
        }
        double needed = Framing.neededOf(all);
        List<String> warnings = new ArrayList<>();
        FramingWords.askedFor(prompt).forEach((framing, word) -> {
            int pictures = shown.getOrDefault(framing, 0);
            if (pictures < needed) {
                warnings.add("the prompt asks for %s ('%s'), but %s showed that: expect a broken figure; it knows %s"
                        .formatted(framing.words(), word, only(pictures, all), known(shown, needed)));
            }
        });
        return warnings;
    }

    private static String only(int pictures, int all) {
        if (pictures > 0) {
            return "only %d of its %d pictures".formatted(pictures, all);
        }
        return all == 1 ? "not even its only picture" : "none of its %d pictures".formatted(all);
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
