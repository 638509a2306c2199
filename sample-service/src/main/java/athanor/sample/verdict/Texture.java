package athanor.sample.verdict;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/**
 * How much pixels differ from their neighbours: mean absolute difference to the right and below, 0 to 255. Photographs and
 * drawings are even in most places; noise is nowhere, and a picture that has come apart into one colour is everywhere.
 */
final class Texture {

    private Texture() {}

    /** Mean over the pictures; at least one. */
    static double of(List<BufferedImage> pictures) {
        return pictures.stream().mapToDouble(Texture::of).average().orElseThrow();
    }

    private static double of(BufferedImage picture) {
        byte[] bgr = ((DataBufferByte) Pixels.opaque(picture).getRaster().getDataBuffer()).getData();
        int row = 3 * picture.getWidth();
        long sum = 0;
        long pairs = 0;
        for (int i = 0; i < bgr.length; i++) {
            if (i % row + 3 < row) {
                sum += Math.abs((bgr[i] & 0xff) - (bgr[i + 3] & 0xff));
                pairs++;
            }
            if (i + row < bgr.length) {
                sum += Math.abs((bgr[i] & 0xff) - (bgr[i + row] & 0xff));
                pairs++;
            }
        }
        return pairs == 0 ? 0 : (double) sum / pairs;
    }
}
