package athanor.plan.buckets;

import athanor.contracts.Size;

/**
 * The grid on which bucket sides lie.
 *
 * @param step every side is a multiple of it, pixels
 * @param min shortest side of a bucket, pixels (fixed buckets only)
 * @param max longest side of a bucket, pixels (fixed buckets only)
 */
public record BucketGrid(int step, int min, int max) {

    /**
     * The step is what one cell of the UNet's coarsest level covers: the VAE's factor times the UNet's. That is
     * 8 x 8 = 64 for Stable Diffusion 1, 2 and SDXL, and 4 x 4 = 16 for the tiny base. A recipe says only its
     * area, and no published base works below 256 x 256, so smaller areas take the tiny base's step.
     */
    private static final int REAL_STEP = 64;

    private static final int TINY_STEP = 16;
    private static final double SMALLEST_REAL_SIDE = 256;

    public BucketGrid {
        if (step < 1 || min < step || max < min) {
            throw new IllegalArgumentException(
                    "a bucket grid needs 1 <= step <= min <= max, got step %d, min %d, max %d"
                            .formatted(step, min, max));
        }
    }

    /**
     * Kohya's defaults around 512 x 512 are 256 and 1024, half and twice its side. Kept in proportion elsewhere:
     * with 1024 as the longest side an area of 1024 x 1024 would have only buckets far below its area.
     */
    public static BucketGrid forArea(Size area) {
        double side = Math.sqrt((double) area.pixels());
        int step = side < SMALLEST_REAL_SIDE ? TINY_STEP : REAL_STEP;
        if (side >= SMALLEST_REAL_SIDE && side <= 724) { // up to 512 x 1024, what kohya's defaults are meant for
            return new BucketGrid(step, 256, Math.max(1024, up(Math.max(area.width(), area.height()), step)));
        }
        int min = Math.max(step, down((int) Math.min(side / 2, Math.min(area.width(), area.height())), step));
        int max = up((int) Math.ceil(Math.max(side * 2, Math.max(area.width(), area.height()))), step);
        return new BucketGrid(step, min, max);
    }

    /** No published base draws anything with a shorter side; the tiny base draws in a single cell. */
    int shortestSide() {
        return step == REAL_STEP ? (int) SMALLEST_REAL_SIDE : step;
    }

    /** Pixels that one cell of the latent picture covers. */
    public int cell() {
        return step == REAL_STEP ? 8 : 4;
    }

    static int down(int pixels, int step) {
        return pixels - pixels % step;
    }

    private static int up(int pixels, int step) {
        return down(pixels + step - 1, step);
    }
}
