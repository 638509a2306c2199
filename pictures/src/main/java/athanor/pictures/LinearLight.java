package athanor.pictures;

/** sRGB's transfer curve (IEC 61966-2-1) in both directions, for many pixels as tables. */
public final class LinearLight {

    /** Fine enough that every 8-bit value comes back as itself. */
    private static final int STEPS = 1 << 14;

    private static final float[] TO_LINEAR = new float[256];
    private static final byte[] TO_SRGB = new byte[STEPS + 1];

    static {
        for (int i = 0; i < TO_LINEAR.length; i++) {
            TO_LINEAR[i] = (float) decode(i / 255.0);
        }
        for (int i = 0; i <= STEPS; i++) {
            TO_SRGB[i] = (byte) Math.round(encode((double) i / STEPS) * 255);
        }
    }

    private LinearLight() {}

    /** From sRGB's numbers to light, both from 0 to 1. */
    public static double decode(double coded) {
        return coded <= 0.04045 ? coded / 12.92 : Math.pow((coded + 0.055) / 1.055, 2.4);
    }

    /** From light to sRGB's numbers, both from 0 to 1. */
    public static double encode(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    static void decode(byte[] coded, int from, float[] light) {
        for (int i = 0; i < light.length; i++) {
            light[i] = TO_LINEAR[coded[from + i] & 0xff];
        }
    }

    /** Lanczos overshoots beside edges; what lies outside 0 to 1 is clipped. */
    public static void encode(float[] light, byte[] coded, int from) {
        for (int i = 0; i < light.length; i++) {
            float clipped = Math.max(0, Math.min(1, light[i]));
            coded[from + i] = TO_SRGB[(int) (clipped * STEPS + 0.5f)];
        }
    }
}
