package athanor.diffusion.training;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Leaves captions out, whole or in parts, so that a short prompt works as well as the long ones of the training. A part is what
 * stands between two commas; the first stays (kohya's {@code caption_tag_dropout_rate} with {@code keep_tokens=1}), and so
 * does the one that calls the subject, wherever it stands: without it the picture would teach what the other words mean.
 *
 * @param whole share of captions that become empty
 * @param tags share of the parts that are left out, each by itself
 * @param keptWords a part that holds one of them stays, in whatever case it is written
 */
record CaptionDropout(double whole, double tags, List<String> keptWords) {

    CaptionDropout {
        keptWords = keptWords.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static CaptionDropout of(TrainingSettings settings) {
        TrainingSettings.Objective objective = settings.objective();
        return new CaptionDropout(objective.captionDropout(), objective.captionTagDropout(), objective.keptWords());
    }

    /** @param random of this picture in this pass; without tag dropout one number of it is used, whatever the caption */
    String of(String caption, Random random) {
        if (random.nextDouble() < whole) {
            return "";
        }
        if (tags == 0 || caption.indexOf(',') < 0) {
            return caption;
        }
        String[] parts = caption.split(",");
        StringBuilder kept = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            boolean drawn = random.nextDouble() >= tags;
            if (drawn || stays(parts[i])) {
                kept.append(',').append(parts[i]);
            }
        }
        return kept.toString().strip();
    }

    private boolean stays(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return keptWords.stream().anyMatch(lower::contains);
    }

    /** Everything that {@link #of} can make of these captions, where that can be told beforehand. */
    Optional<Set<String>> outcomes(Collection<String> captions) {
        if (tags > 0 && captions.stream().anyMatch(caption -> caption.indexOf(',') >= 0)) {
            return Optional.empty();
        }
        Set<String> outcomes = new LinkedHashSet<>(captions);
        if (whole > 0) {
            outcomes.add("");
        }
        return Optional.of(outcomes);
    }
}
