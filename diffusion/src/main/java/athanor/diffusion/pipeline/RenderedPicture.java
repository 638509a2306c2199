package athanor.diffusion.pipeline;

import java.awt.image.BufferedImage;

/**
 * A picture as the decoder gave it.
 *
 * @param seed of its noise
 * @param rgb three planes of {@code height} rows, (3, H, W); -1 is black and 1 is full, values beyond occur
 */
public record RenderedPicture(long seed, int width, int height, float[] rgb) {

    /** Whether all of it are numbers: where the networks overflow, they are not. */
    public boolean isFinite() {
        for (float value : rgb) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Eight bits a channel, sRGB, values beyond the range cut. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int plane = width * height;
        int[] pixels = new int[plane];
        for (int i = 0; i < plane; i++) {
            pixels[i] = eightBits(rgb[i]) << 16 | eightBits(rgb[plane + i]) << 8 | eightBits(rgb[2 * plane + i]);
        }
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    private static int eightBits(float value) {
        return Math.min(255, Math.max(0, Math.round((value + 1) * 127.5f)));
    }
}
