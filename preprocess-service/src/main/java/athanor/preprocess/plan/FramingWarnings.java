package athanor.preprocess.plan;

import athanor.contracts.picture.Framing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which framings a set teaches. A LoRA can draw only those that it was shown: 29 half bodies and one full body do not make full
 * bodies, and the one picture does harm, because it is the only thing that the network learns of them.
 */
final class FramingWarnings {

    /** So many framings leave nothing to be said. */
    private static final int MANY = 3;

    private FramingWarnings() {}

    static List<String> of(List<PlacedPicture> pictures) {
        Map<Framing, List<String>> shown = new EnumMap<>(Framing.class);
        pictures.forEach(picture -> picture.framing()
                .ifPresent(framing -> shown.computeIfAbsent(framing, first -> new ArrayList<>())
                        .add(picture.fileName())));
        int known = shown.values().stream().mapToInt(List::size).sum();
        double needed = Framing.neededOf(known);
        List<String> warnings = new ArrayList<>();
        shown.forEach((framing, names) -> {
            if (names.size() < needed) {
                warnings.add(("%s: only %d of %d pictures %s (%s), too few to learn it and enough to do harm; leave"
                                + " %s out, or add %s more")
                        .formatted(
                                String.join(", ", names),
                                names.size(),
                                known,
                                names.size() == 1 ? "shows that framing" : "show that framing",
                                framing.words(),
                                names.size() == 1 ? "it" : "them",
                                (int) Math.ceil(needed) - names.size()));
            }
        });
        List<String> taught = shown.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= needed)
                .map(entry -> entry.getKey().words())
                .toList();
        if (!taught.isEmpty() && taught.size() < MANY) {
            warnings.add(("the pictures show %s: the LoRA will draw that, and other framings badly or not at all; add"
                            + " pictures of those that it shall draw")
                    .formatted(String.join(" and ", taught)));
        }
        return warnings;
    }
}
