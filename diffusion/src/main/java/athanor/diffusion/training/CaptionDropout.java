package athanor.diffusion.training;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Leaves captions out, whole or in parts, so that a short prompt works as well as the long ones of the training. A part is what
 * stands between two commas; the first, which calls the subject, stays (kohya's {@code caption_tag_dropout_rate} with
 * {@code keep_tokens=1}).
 *
 * @param whole share of captions that become empty
 * @param tags share of the parts that are left out, each by itself
 */
record CaptionDropout(double whole, double tags) {

    static CaptionDropout of(TrainingSettings settings) {
        return new CaptionDropout(
                settings.objective().captionDropout(), settings.objective().captionTagDropout());
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
            if (random.nextDouble() >= tags) {
                kept.append(',').append(parts[i]);
            }
        }
        return kept.toString().strip();
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
