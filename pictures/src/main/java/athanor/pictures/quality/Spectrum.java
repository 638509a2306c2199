package athanor.pictures.quality;

/**
 * Power by frequency along rows and columns of square tiles, each under a Hann window. Tiles are added until the mean is asked for.
 */
final class Spectrum {

    static final int SIZE = 128;

    private static final float[] WINDOW = new float[SIZE];
    private static final float[] COSINES = new float[SIZE / 2];
    private static final float[] SINES = new float[SIZE / 2];

    static {
        for (int i = 0; i < SIZE; i++) {
            WINDOW[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SIZE));
        }
        for (int i = 0; i < SIZE / 2; i++) {
            COSINES[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
            SINES[i] = (float) -Math.sin(2 * Math.PI * i / SIZE);
        }
    }

    private final double[] across = new double[SIZE / 2];
    private final double[] down = new double[SIZE / 2];
    private int lines;

    /** @param tile {@link #SIZE} squared */
    void add(Luma tile) {
        float[] levels = tile.levels();
        float[] real = new float[SIZE];
        float[] imaginary = new float[SIZE];
        // Two real lines make one complex transform, and their powers add up.
        for (int line = 0; line < SIZE; line += 2) {
            for (int i = 0; i < SIZE; i++) {
                real[i] = levels[line * SIZE + i];
                imaginary[i] = levels[(line + 1) * SIZE + i];
            }
            power(real, imaginary, across);
            for (int i = 0; i < SIZE; i++) {
                real[i] = levels[i * SIZE + line];
                imaginary[i] = levels[i * SIZE + line + 1];
            }
            power(real, imaginary, down);
        }
        lines += SIZE;
    }

    /** Mean power of each frequency, i / {@link #SIZE} cycles a pixel, levels squared. */
    double[] across() {
        return mean(across);
    }

    double[] down() {
        return mean(down);
    }

    private double[] mean(double[] sum) {
        double[] mean = new double[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = sum[i] / lines / SIZE;
        }
        return mean;
    }

    private static void power(float[] real, float[] imaginary, double[] into) {
        withoutMean(real);
        withoutMean(imaginary);
        transform(real, imaginary);
        for (int i = 1; i < SIZE / 2; i++) {
            int mirror = SIZE - i;
            // |A|^2 + |B|^2 of the two real lines, from their sum A + iB
            into[i] += (real[i] * real[i]
                            + imaginary[i] * imaginary[i]
                            + real[mirror] * real[mirror]
                            + imaginary[mirror] * imaginary[mirror])
                    / 2;
        }
    }

    private static void withoutMean(float[] line) {
        float sum = 0;
        for (float level : line) {
            sum += level;
        }
        for (int i = 0; i < SIZE; i++) {
            line[i] = (line[i] - sum / SIZE) * WINDOW[i];
        }
    }

    /** In place, by halving (Cooley and Tukey 1965). */
    private static void transform(float[] real, float[] imaginary) {
        for (int i = 1, j = 0; i < SIZE; i++) {
            int bit = SIZE >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                float swap = real[i];
                real[i] = real[j];
                real[j] = swap;
                swap = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = swap;
            }
        }
        for (int length = 2; length <= SIZE; length <<= 1) {
            int half = length / 2;
            int step = SIZE / length;
            for (int start = 0; start < SIZE; start += length) {
                for (int k = 0; k < half; k++) {
                    float c = COSINES[k * step];
                    float s = SINES[k * step];
                    int a = start + k;
                    int b = a + half;
                    float re = real[b] * c - imaginary[b] * s;
                    float im = real[b] * s + imaginary[b] * c;
                    real[b] = real[a] - re;
                    imaginary[b] = imaginary[a] - im;
                    real[a] += re;
                    imaginary[a] += im;
                }
            }
        }
    }
}
