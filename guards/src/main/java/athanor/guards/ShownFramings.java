package athanor.guards;

import athanor.contracts.picture.Framing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How often a LoRA was shown which framing.
 *
 * @param counts pictures
 */
record ShownFramings(Map<Framing, Integer> counts) {

    private int all() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean isUnknown() {
        return all() == 0;
    }

    boolean supports(Framing framing) {
        return counts.getOrDefault(framing, 0) >= Framing.neededOf(all());
    }

    /** A clause's subject. */
    String howMany(Framing framing) {
        int pictures = counts.getOrDefault(framing, 0);
        int all = all();
        if (pictures > 0) {
            return "only %d of its %d pictures".formatted(pictures, all);
        }
        return all == 1 ? "not even its only picture" : "none of its %d pictures".formatted(all);
    }

    private List<Framing> supported() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().shows() && supports(entry.getKey()))
                .sorted(Comparator.comparing((Map.Entry<Framing, Integer> entry) -> entry.getValue())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those that it knows, for people. */
    String words() {
        List<Framing> supported = supported();
        return supported.isEmpty()
                ? "no framing well"
                : supported.stream().map(Framing::words).collect(Collectors.joining(", "));
    }

    /** The one that it knows best. */
    Optional<Framing> best() {
        return supported().stream().findFirst();
    }

    /** What to write into a prompt for it. */
    Optional<String> bestWord() {
        return best().map(framing -> switch (framing) {
            case CLOSE_UP -> "close-up";
            case HALF -> "upper body";
            case COWBOY -> "cowboy shot";
            case FULL -> "full body";
            case WIDE -> "wide shot";
            default -> framing.words();
        });
    }
}
