package athanor.tinybase.judge;

import java.util.Random;

/** What happens to drawings on their way through an autoencoder and a denoiser: they get softer, noisier, and shift in colour. */
final class Degradation {

    private Degradation() {}

    /** Changes a picture in place, from not at all to badly. */
    static void apply(float[] planes, int width, int height, Random random) {
        if (random.nextInt(4) > 0) {
            blur(planes, width, height, random.nextDouble() * 1.3);
        }
        double noise = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.14;
        double grain = random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.18;
        double contrast = 1 + 0.12 * random.nextGaussian();
        double[] shift = {random.nextGaussian() * 0.05, random.nextGaussian() * 0.05, random.nextGaussian() * 0.05};
        float[] coarse = coarseNoise(width, height, random);
        int plane = width * height;
        for (int i = 0; i < planes.length; i++) {
            int pixel = i % plane;
            int coarseCell = pixel / width / 4 * ((width + 3) / 4) + pixel % width / 4;
            double blotch = coarse[i / plane * (coarse.length / 3) + coarseCell] * grain;
            double value = planes[i] * contrast + shift[i / plane] + noise * random.nextGaussian() + blotch;
            planes[i] = (float) Math.max(-1, Math.min(1, value));
        }
    }

    /** Gaussian blur, separable. */
    static void blur(float[] planes, int width, int height, double sigma) {
        if (sigma < 0.2) {
            return;
        }
        int radius = (int) Math.ceil(2.5 * sigma);
        float[] kernel = new float[2 * radius + 1];
        float sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += kernel[i + radius] = (float) Math.exp(-i * i / (2 * sigma * sigma));
        }
        float[] row = new float[Math.max(width, height)];
        for (int plane = 0; plane < planes.length; plane += width * height) {
            for (int y = 0; y < height; y++) {
                line(planes, plane + y * width, 1, width, kernel, sum, row);
            }
            for (int x = 0; x < width; x++) {
                line(planes, plane + x, width, height, kernel, sum, row);
            }
        }
    }

    private static void line(
            float[] planes, int start, int step, int length, float[] kernel, float sum, float[] buffer) {
        int radius = kernel.length / 2;
        for (int i = 0; i < length; i++) {
            float value = 0;
            for (int k = -radius; k <= radius; k++) {
                int at = Math.max(0, Math.min(length - 1, i + k));
                value += planes[start + at * step] * kernel[k + radius];
            }
            buffer[i] = value / sum;
        }
        for (int i = 0; i < length; i++) {
            planes[start + i * step] = buffer[i];
        }
    }

    private static float[] coarseNoise(int width, int height, Random random) {
        float[] noise = new float[3 * ((width + 3) / 4) * ((height + 3) / 4)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }
}
