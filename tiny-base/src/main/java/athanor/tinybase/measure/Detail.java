package athanor.tinybase.measure;

import athanor.tinybase.judge.Observation;
import athanor.tinybase.judge.SeenHead;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * How much of a subject's finest detail is in a picture: the area of its emblem (star, visor, mask, moon) as a share of the area
 * of the whole head, by colour. A drawing of the subject gives the value to compare with.
 */
final class Detail {

    /** Euclidean distance of 8-bit RGB within which a pixel has the emblem's colour. */
    private static final double NEAR = 85;

    private Detail() {}

    /** @return emblem pixels over the area of the head's box; empty where no head is seen */
    static Optional<Double> emblemShare(BufferedImage picture, Observation seen, Subject subject) {
        return seen.head().map(head -> emblemPixels(picture, head, subject.emblem()) / headArea(head));
    }

    private static double headArea(SeenHead head) {
        return 4 * head.halfHeight() * head.halfHeight();
    }

    private static double emblemPixels(BufferedImage picture, SeenHead head, int emblem) {
        int pixels = 0;
        double reach = 1.1 * head.halfHeight();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                boolean inside = Math.abs(x - head.centre().x()) < reach
                        && Math.abs(y - head.centre().y()) < reach;
                if (inside && distance(picture.getRGB(x, y), emblem) < NEAR) {
                    pixels++;
                }
            }
        }
        return pixels;
    }

    /**
     * @return mean difference of neighbouring pixels around the largest head, in grey levels of 255: how sharp it is
     */
    static Optional<Double> sharpness(BufferedImage picture, Observation seen) {
        return seen.head().map(head -> {
            double sum = 0;
            int count = 0;
            double reach = 1.1 * head.halfHeight();
            for (int y = 1; y < picture.getHeight(); y++) {
                for (int x = 1; x < picture.getWidth(); x++) {
                    if (Math.abs(x - head.centre().x()) < reach
                            && Math.abs(y - head.centre().y()) < reach) {
                        sum += distance(picture.getRGB(x, y), picture.getRGB(x - 1, y));
                        sum += distance(picture.getRGB(x, y), picture.getRGB(x, y - 1));
                        count += 2;
                    }
                }
            }
            return count == 0 ? 0 : sum / count;
        });
    }

    private static double distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return Math.sqrt(red * red + green * green + blue * blue);
    }
}
