package athanor.sample.verdict;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/** How far pictures moved: mean absolute difference of the 8-bit channels, 0 (equal) to 255. */
final class PixelDistance {

    private PixelDistance() {}

    /** Mean over pairs of pictures of the same prompt and seed. */
    static double between(List<BufferedImage> before, List<BufferedImage> after) {
        if (before.size() != after.size() || before.isEmpty()) {
            throw new IllegalArgumentException("pictures are compared in pairs, got %d before and %d after"
                    .formatted(before.size(), after.size()));
        }
        double sum = 0;
        for (int i = 0; i < before.size(); i++) {
            sum += between(before.get(i), after.get(i));
        }
        return sum / before.size();
    }

    private static double between(BufferedImage before, BufferedImage after) {
        byte[] one = bytes(before);
        byte[] other = bytes(after);
        if (one.length != other.length) {
            throw new IllegalArgumentException("pictures of %dx%d and %dx%d cannot be compared"
                    .formatted(before.getWidth(), before.getHeight(), after.getWidth(), after.getHeight()));
        }
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return (double) sum / one.length;
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) Pixels.opaque(image).getRaster().getDataBuffer()).getData();
    }
}
