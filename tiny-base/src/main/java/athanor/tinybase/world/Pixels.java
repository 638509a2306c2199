package athanor.tinybase.world;

import java.awt.image.BufferedImage;

/** Between pictures and the numbers a network sees: three planes (3, height, width), red first, -1 to 1. */
public final class Pixels {

    private Pixels() {}

    public static float[] toPlanes(BufferedImage image) {
        int[] rgb = rgb(image);
        float[] planes = new float[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * rgb.length + i] = (rgb[i] >> (16 - 8 * channel) & 255) / 127.5f - 1;
            }
        }
        return planes;
    }

    /** @param planes (3, height, width) beginning at the offset; values beyond -1 to 1 are cut off */
    public static BufferedImage toImage(float[] planes, int offset, int width, int height) {
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                rgb[i] |= level(planes[offset + channel * rgb.length + i]) << (16 - 8 * channel);
            }
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    /** @return the picture at half its width and height, each pixel the mean of four */
    static BufferedImage halve(BufferedImage large) {
        int width = large.getWidth() / 2;
        int height = large.getHeight() / 2;
        int[] from = rgb(large);
        int[] to = new int[width * height];
        for (int i = 0; i < to.length; i++) {
            int corner = i / width * 2 * large.getWidth() + i % width * 2;
            int below = corner + large.getWidth();
            to[i] = mean(from[corner], from[corner + 1], from[below], from[below + 1]);
        }
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        small.setRGB(0, 0, width, height, to, 0, width);
        return small;
    }

    private static int mean(int a, int b, int c, int d) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = (a >> shift & 255) + (b >> shift & 255) + (c >> shift & 255) + (d >> shift & 255);
            mean |= (sum + 2) / 4 << shift;
        }
        return mean;
    }

    private static int level(float value) {
        return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
    }

    private static int[] rgb(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
