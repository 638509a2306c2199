package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/**
 * Decodes latents in overlapping tiles, blended linearly where they overlap, so that memory does not grow with the picture.
 *
 * <p>Not quite the whole picture's decoding: normalisation and attention see one tile at a time. With a generous overlap the
 * difference is not visible.
 *
 * @param tile side of a tile, latent pixels
 * @param overlap latent pixels shared by neighbours, less than half a tile
 * @param factor picture pixels to a latent pixel
 */
record TiledDecode(int tile, int overlap, int factor) {

    TiledDecode {
        if (overlap < 0 || 2 * overlap >= tile) {
            throw new IllegalArgumentException("tiles of %d cannot overlap by %d".formatted(tile, overlap));
        }
    }

    /** Latents to a picture in Java's memory. */
    @FunctionalInterface
    interface Decoder {

        /**
         * @param scope owner of everything in between
         * @param latent (1, C, h, w)
         * @return (3, fh, fw)
         */
        float[] decode(NDManager scope, NDArray latent);
    }

    /**
     * @param latent (1, C, h, w)
     * @return (3, fh, fw)
     */
    float[] decode(NDArray latent, Decoder decoder) {
        int height = (int) latent.getShape().get(2);
        int width = (int) latent.getShape().get(3);
        Canvas canvas = new Canvas(height * factor, width * factor);
        for (int top : starts(height)) {
            for (int left : starts(width)) {
                int bottom = Math.min(top + tile, height);
                int right = Math.min(left + tile, width);
                try (NDManager scope = latent.getManager().newSubManager()) {
                    NDArray part = latent.get(new NDIndex(":, :, {}:{}, {}:{}", top, bottom, left, right));
                    part.attach(scope);
                    float[] pixels = decoder.decode(scope, part);
                    canvas.blend(
                            pixels,
                            top * factor,
                            left * factor,
                            (bottom - top) * factor,
                            (right - left) * factor,
                            overlap * factor);
                }
            }
        }
        return canvas.picture();
    }

    /** Where tiles begin: evenly, the last one ending with the picture. */
    private int[] starts(int length) {
        if (length <= tile) {
            return new int[] {0};
        }
        int count = (int) Math.ceil((length - overlap) / (double) (tile - overlap));
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.round(i * (length - tile) / (float) (count - 1));
        }
        return starts;
    }

    /** Sums weighted tiles; a tile's weight falls linearly towards those of its edges that are not the picture's. */
    private static final class Canvas {

        private final int height;
        private final int width;
        private final float[] sums;
        private final float[] weights;

        Canvas(int height, int width) {
            this.height = height;
            this.width = width;
            this.sums = new float[3 * height * width];
            this.weights = new float[height * width];
        }

        void blend(float[] tile, int top, int left, int tileHeight, int tileWidth, int overlap) {
            for (int y = 0; y < tileHeight; y++) {
                float rowWeight = weight(top + y, top, tileHeight, height, overlap);
                for (int x = 0; x < tileWidth; x++) {
                    float weight = rowWeight * weight(left + x, left, tileWidth, width, overlap);
                    int pixel = (top + y) * width + left + x;
                    weights[pixel] += weight;
                    for (int plane = 0; plane < 3; plane++) {
                        sums[plane * height * width + pixel] += weight * tile[(plane * tileHeight + y) * tileWidth + x];
                    }
                }
            }
        }

        private static float weight(int at, int start, int length, int whole, int overlap) {
            int fromStart = start == 0 ? overlap : at - start;
            int fromEnd = start + length == whole ? overlap : start + length - 1 - at;
            return Math.min(overlap + 0.5f, Math.min(fromStart, fromEnd) + 0.5f);
        }

        float[] picture() {
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= weights[i % weights.length];
            }
            return sums;
        }
    }
}
