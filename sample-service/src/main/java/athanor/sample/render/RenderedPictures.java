package athanor.sample.render;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What was drawn.
 *
 * @param pictures in the order of the wish, of the wished size
 * @param warnings sentences, for example that a prompt was too long
 */
public record RenderedPictures(List<BufferedImage> pictures, List<String> warnings) {

    public RenderedPictures {
        pictures = List.copyOf(pictures);
        warnings = List.copyOf(warnings);
    }
}
