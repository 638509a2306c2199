package athanor.pictures.quality;

import java.util.OptionalDouble;

/**
 * How sharp a picture of a given size is, in three numbers that fail differently.
 *
 * @param detail variance of the Laplacian divided by that of the luma, so that exposure drops out (Pech-Pacheco 2000)
 * @param reblur what a second blur leaves of the variation, in the direction in which it leaves most; 0 sharp to 1 blurred (Crete
 *     et al. 2007)
 * @param motion how many times more of the variation a second blur takes in one direction than in its perpendicular
 */
record Sharpness(OptionalDouble detail, OptionalDouble reblur, OptionalDouble motion) {

    static final Sharpness NOT_MEASURED =
            new Sharpness(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static final int LEAST_SIDE = 32;

    /** Below this variance a picture has nothing that could be sharp, levels squared. */
    private static final double LEAST_VARIANCE = 4;

    /** Where a second blur takes less, nothing sharp is left in any direction. */
    private static final double LEAST_LOSS = 0.02;

    /** Pixels on each side of the mean that blurs again. */
    private static final int REACH = 4;

    /** Steps in x and y: across, down, and the diagonals. */
    private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

    static Sharpness of(Luma picture) {
        double variance = variance(picture);
        if (Math.min(picture.width(), picture.height()) < LEAST_SIDE || variance < LEAST_VARIANCE) {
            return NOT_MEASURED;
        }
        double[] reblur = new double[DIRECTIONS.length];
        for (int i = 0; i < reblur.length; i++) {
            reblur[i] = reblur(picture, DIRECTIONS[i][0], DIRECTIONS[i][1]);
        }
        return new Sharpness(
                OptionalDouble.of(laplacian(picture) / variance),
                OptionalDouble.of(Math.max(reblur[0], reblur[1])),
                motion(reblur));
    }

    private static OptionalDouble motion(double[] reblur) {
        double motion = 1;
        for (int i = 0; i < reblur.length; i += 2) {
            double one = 1 - reblur[i];
            double other = 1 - reblur[i + 1];
            if (Math.min(one, other) < LEAST_LOSS) {
                return OptionalDouble.empty();
            }
            motion = Math.max(motion, Math.max(one / other, other / one));
        }
        return OptionalDouble.of(motion);
    }

    private static double variance(Luma picture) {
        double sum = 0;
        double squares = 0;
        for (float level : picture.levels()) {
            sum += level;
            squares += level * level;
        }
        double mean = sum / picture.levels().length;
        return squares / picture.levels().length - mean * mean;
    }

    private static double laplacian(Luma picture) {
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < picture.height() - 1; y++) {
            for (int x = 1; x < picture.width() - 1; x++) {
                double answer = picture.at(x - 1, y)
                        + picture.at(x + 1, y)
                        + picture.at(x, y - 1)
                        + picture.at(x, y + 1)
                        - 4 * picture.at(x, y);
                sum += answer;
                squares += answer * answer;
            }
        }
        double count = (picture.width() - 2.0) * (picture.height() - 2.0);
        return squares / count - sum / count * (sum / count);
    }

    /** Variation that a mean over nine pixels along a direction keeps, of all the variation in that direction. */
    private static double reblur(Luma picture, int stepX, int stepY) {
        int width = picture.width();
        int stride = stepY * width + stepX;
        float[] levels = picture.levels();
        double variation = 0;
        double lost = 0;
        for (int y = REACH + 1; y < picture.height() - REACH - 1; y++) {
            for (int x = REACH + 1; x < width - REACH - 1; x++) {
                int at = y * width + x;
                float difference = Math.abs(levels[at] - levels[at - stride]);
                // The difference of two means over nine pixels is that of their ends.
                float blurred =
                        Math.abs(levels[at + REACH * stride] - levels[at - (REACH + 1) * stride]) / (2 * REACH + 1);
                variation += difference;
                lost += Math.max(0, difference - blurred);
            }
        }
        return variation == 0 ? 1 : 1 - lost / variation;
    }
}
