package athanor.sample.verdict;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.stream.IntStream;

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

    /** The boxes that touch this one, itself among them. */
    static IntStream neighbours(int box) {
        return IntStream.rangeClosed(-1, 1)
                .flatMap(blue -> IntStream.rangeClosed(-1, 1)
                        .flatMap(green -> IntStream.rangeClosed(-1, 1)
                                .filter(red -> inside((box & 7) + blue)
                                        && inside((box >> 3 & 7) + green)
                                        && inside((box >> 6) + red))
                                .map(red -> box + blue + (green << 3) + (red << 6))));
    }

    private static boolean inside(int level) {
        return level >= 0 && level < 8;
    }

    int boxes() {
        return share.length;
    }

    /** Part of all pixels whose colour lies in this box. */
    double share(int box) {
        return share[box];
    }
}
