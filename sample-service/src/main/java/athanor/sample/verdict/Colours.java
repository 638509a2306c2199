package athanor.sample.verdict;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/** Which colours a set of pictures is made of: a histogram of 8 x 8 x 8 boxes of sRGB that sums to one. */
final class Colours {

    private static final int SHIFT = 5;

    private final double[] share = new double[512];

    static Colours of(List<BufferedImage> pictures) {
        Colours colours = new Colours();
        for (BufferedImage picture : pictures) {
            byte[] bgr = ((DataBufferByte) Pixels.opaque(picture).getRaster().getDataBuffer()).getData();
            double one = 3.0 / bgr.length / pictures.size(); // each picture counts the same, whatever its size
            for (int i = 0; i < bgr.length; i += 3) {
                int box = box(bgr[i]) | box(bgr[i + 1]) << 3 | box(bgr[i + 2]) << 6;
                colours.share[box] += one;
            }
        }
        return colours;
    }

    private static int box(byte channel) {
        return (channel & 0xff) >> SHIFT;
    }

    /** Histogram intersection (Swain and Ballard 1991): 1 for the same colours in the same shares, 0 for none in common. */
    double inCommonWith(Colours other) {
        double common = 0;
        for (int i = 0; i < share.length; i++) {
            common += Math.min(share[i], other.share[i]);
        }
        return common;
    }
}
