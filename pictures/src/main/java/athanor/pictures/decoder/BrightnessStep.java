package athanor.pictures.decoder;

import athanor.pictures.Verdict;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * What a flipped bit in a JPEG leaves in the picture. The brightness of a block is written as the difference from the block before
 * it (ITU T.81, F.1.2.1), so from the damage on, to the end, everything is lighter, darker or of another colour by the same amount,
 * though the codes fall into step again and nothing is left over. The edge of that runs exactly along blocks: right of the damage
 * on the upper side of its row of blocks, left of it on the lower side. No photograph has such an edge by itself, and neither has
 * one with a frame, a bar or a tilted horizon.
 */
final class BrightnessStep {

    static final Verdict.Remark FOUND = new Verdict.Remark(
            Verdict.Remark.About.DAMAGE,
            "from one place on, all of the picture is lighter, darker or of another colour, as it is when a JPEG was damaged; look whether it is whole");

    private static final int BLOCK = 8;

    /** Levels; undamaged photographs have up to 7 by chance. */
    private static final double LEAST = 9;

    /** The same on both sides of the damage; clipping at black and white takes from it. */
    private static final double ALIKE = 3;

    /** Of the step, where there should be none. */
    private static final double QUIET = 0.25;

    /** So much a single column may say, that a few strong edges of what is shown do not speak for all. */
    private static final int LOUDEST = 40;

    /** So many of the columns have to agree; in a drawing few have the edge, and strongly. */
    private static final double AGREEING = 0.75;

    /** Pixels on either side of the damage; by fewer any corner would look like it. */
    private static final int LEAST_SIDE = 32;

    private final Raster pixels;
    private final int width;
    private final int bands;

    private BrightnessStep(Raster pixels) {
        this.pixels = pixels;
        this.width = pixels.getWidth();
        this.bands = Math.min(3, pixels.getNumBands());
    }

    /**
     * @param decoded with all of its rows and columns
     * @param unit height of what the file codes at a time, 8 or more
     */
    static Optional<Verdict.Remark> in(BufferedImage decoded, int unit) {
        return new BrightnessStep(decoded.getRaster()).isFound(unit) ? Optional.of(FOUND) : Optional.empty();
    }

    private boolean isFound(int unit) {
        Edge[] above = new Edge[bands];
        for (int y = unit; y + 2 <= pixels.getHeight(); y += unit) {
            int[] samples = new int[4 * width];
            for (int band = 0; band < bands; band++) {
                Edge below = Edge.of(pixels.getSamples(0, y - 2, width, 4, band, samples), width);
                if (y > unit && isFound(above[band], below)) {
                    return true;
                }
                above[band] = below;
            }
        }
        return false;
    }

    /**
     * How much brighter it becomes between two rows of pixels, beyond what it does on either side of that.
     *
     * @param steps at each column the sum of all before it
     * @param up columns before it that become brighter
     * @param down columns before it that become darker
     */
    private record Edge(double[] steps, int[] up, int[] down) {

        /** @param samples of four rows; the edge is in their middle */
        static Edge of(int[] samples, int width) {
            Edge edge = new Edge(new double[width + 1], new int[width + 1], new int[width + 1]);
            for (int x = 0; x < width; x++) {
                int first = samples[x];
                int second = samples[width + x];
                int third = samples[2 * width + x];
                int fourth = samples[3 * width + x];
                double step = third - second - (second - first + fourth - third) / 2.0;
                edge.steps[x + 1] = edge.steps[x] + Math.max(-LOUDEST, Math.min(LOUDEST, step));
                edge.up[x + 1] = edge.up[x] + (step >= 1 ? 1 : 0);
                edge.down[x + 1] = edge.down[x] + (step <= -1 ? 1 : 0);
            }
            return edge;
        }

        double mean(int from, int to) {
            return (steps[to] - steps[from]) / (to - from);
        }

        double agreeing(int from, int to) {
            return (double) Math.max(up[to] - up[from], down[to] - down[from]) / (to - from);
        }
    }

    private boolean isFound(Edge above, Edge below) {
        for (int x = LEAST_SIDE; x <= width - LEAST_SIDE; x += BLOCK) {
            double right = above.mean(x, width);
            double left = below.mean(0, x);
            double weaker = Math.min(Math.abs(left), Math.abs(right));
            if (weaker < LEAST || left * right < 0 || Math.max(Math.abs(left), Math.abs(right)) > ALIKE * weaker) {
                continue;
            }
            double elsewhere = Math.max(Math.abs(above.mean(0, x)), Math.abs(below.mean(x, width)));
            if (elsewhere < QUIET * weaker && Math.min(above.agreeing(x, width), below.agreeing(0, x)) > AGREEING) {
                return true;
            }
        }
        return false;
    }
}
