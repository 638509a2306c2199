package athanor.diffusion.safetensors;

/**
 * The two 16-bit float formats of checkpoints: IEEE 754 binary16 ("F16") and bfloat16 ("BF16"), the upper half of a
 * float. Widening is exact; narrowing rounds to the nearest, ties to even, and overflows to infinity as PyTorch does.
 */
public final class HalfFloat {

    private static final int FLOAT_EXPONENT_BIAS = 127;
    private static final int HALF_EXPONENT_BIAS = 15;
    private static final int QUIET_NAN = 0x200;

    /** Every half there is: a look-up is several times faster than taking the bits apart. */
    private static final float[] WIDENED = new float[1 << 16];

    static {
        for (int bits = 0; bits < WIDENED.length; bits++) {
            WIDENED[bits] = widen(bits);
        }
    }

    private HalfFloat() {}

    public static float toFloat(short half) {
        return WIDENED[half & 0xffff];
    }

    static void toFloats(short[] halves, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = WIDENED[halves[i] & 0xffff];
        }
    }

    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int mantissa = bits & 0x7fffff;
        int exponent = bits >>> 23 & 0xff;
        if (exponent == 0xff) {
            // a NaN keeps the part of its payload that fits, and stays a NaN
            return (short) (sign | 0x7c00 | (mantissa == 0 ? 0 : QUIET_NAN | mantissa >>> 13));
        }
        int halfExponent = exponent - FLOAT_EXPONENT_BIAS + HALF_EXPONENT_BIAS;
        if (halfExponent >= 0x1f) {
            return (short) (sign | 0x7c00);
        }
        if (halfExponent > 0) {
            // a carry out of the mantissa runs into the exponent, which is right, up to infinity
            return (short) (sign | roundedShift(halfExponent << 23 | mantissa, 13));
        }
        // subnormal: the leading one becomes visible; below half of the smallest value nothing is left
        return (short) (halfExponent < -10 ? sign : sign | roundedShift(mantissa | 0x800000, 14 - halfExponent));
    }

    public static float bfloat16ToFloat(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }

    static void bfloat16ToFloats(short[] halves, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = Float.intBitsToFloat(halves[i] << 16);
        }
    }

    public static short bfloat16FromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        int odd = bits >>> 16 & 1;
        return (short) (bits + 0x7fff + odd >>> 16);
    }

    private static float widen(int half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
        }
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | exponent - HALF_EXPONENT_BIAS + FLOAT_EXPONENT_BIAS << 23 | mantissa << 13);
    }

    /** {@code value / 2^shift}, to the nearest whole, ties to even. */
    private static int roundedShift(int value, int shift) {
        int whole = value >>> shift;
        int rest = value & (1 << shift) - 1;
        int half = 1 << shift - 1;
        return rest > half || rest == half && (whole & 1) == 1 ? whole + 1 : whole;
    }
}
