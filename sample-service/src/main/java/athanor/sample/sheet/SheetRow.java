package athanor.sample.sheet;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * One row, or several lines of one row when there are more pictures than columns.
 *
 * @param heading what these pictures are, in a few words
 * @param words the prompt or an explanation
 * @param accent whether this is the row that the eye should find: the one with the LoRA
 */
public record SheetRow(String heading, String words, boolean accent, List<BufferedImage> pictures) {

    public SheetRow {
        pictures = List.copyOf(pictures);
    }
}
