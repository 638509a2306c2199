package athanor.diffusion.training;

import java.util.Random;

/**
 * Leaves captions out, whole or in parts, so that a short prompt works as well as the long ones of the training. A part is what
 * stands between two commas; the first, which calls the subject, stays (kohya's {@code caption_tag_dropout_rate} with
 * {@code keep_tokens=1}).
 *
 * @param whole share of captions that become empty
 * @param tags share of the parts that are left out, each by itself
 */
record CaptionDropout(double whole, double tags) {

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
}
