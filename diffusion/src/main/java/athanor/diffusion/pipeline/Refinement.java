package athanor.diffusion.pipeline;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures that are drawn over.
 *
 * @param pictures one for each of a request, of its size
 * @param strength how much of a trajectory they go through, 0 to 1: at 0.3 the composition stays and detail is made, at 1 hardly
 *     anything is left of them
 */
public record Refinement(List<BufferedImage> pictures, double strength) {

    public Refinement {
        pictures = List.copyOf(pictures);
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException(
                    "a refinement of %s; wanted more than 0 and at most 1".formatted(strength));
        }
    }

    void checkThatItFits(RenderRequest request) {
        if (pictures.size() != request.pictures().size()) {
            throw new IllegalArgumentException("%d pictures to draw over for %d that are wanted"
                    .formatted(pictures.size(), request.pictures().size()));
        }
        for (BufferedImage picture : pictures) {
            if (picture.getWidth() != request.width() || picture.getHeight() != request.height()) {
                throw new IllegalArgumentException("a picture of %d x %d to draw over, wanted %d x %d"
                        .formatted(picture.getWidth(), picture.getHeight(), request.width(), request.height()));
            }
        }
    }

    Refinement part(int from, int to) {
        return new Refinement(pictures.subList(from, to), strength);
    }
}
