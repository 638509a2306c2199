package athanor.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which framing a picture has, of those that the base was asked for by their words: the one whose pictures it is most like. The
 * base's own pictures are what the words mean, so this needs nobody who knows what a body is.
 */
final class FramingSight {

    private final Map<String, LinearProbe> lines;

    private FramingSight(Map<String, LinearProbe> lines) {
        this.lines = lines;
    }

    /** @param byWords what the base draws for each framing; nothing can be told apart when there are fewer than two */
    static FramingSight of(Map<String, List<float[]>> byWords) {
        Map<String, LinearProbe> lines = new LinkedHashMap<>();
        if (byWords.size() > 1) {
            byWords.forEach((words, pictures) -> lines.put(
                    words,
                    LinearProbe.between(
                            pictures,
                            byWords.entrySet().stream()
                                    .filter(other -> !other.getKey().equals(words))
                                    .flatMap(other -> other.getValue().stream())
                                    .toList())));
        }
        return new FramingSight(lines);
    }

    /** How well the framing that is told worst is told: area under the ROC curve of held-out pictures; 0 for none. */
    double separation() {
        return lines.values().stream()
                .mapToDouble(line -> Separation.auc(line.positivesLeftOut(), line.negativesLeftOut()))
                .min()
                .orElse(0);
    }

    boolean has(float[] picture, String words) {
        return lines.entrySet().stream()
                .max((a, b) ->
                        Double.compare(a.getValue().of(picture), b.getValue().of(picture)))
                .filter(best -> best.getKey().equals(words))
                .isPresent();
    }
}
