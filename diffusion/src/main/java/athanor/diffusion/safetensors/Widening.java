package athanor.diffusion.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** How the bytes of one dtype become floats. */
@FunctionalInterface
interface Widening {

    /** Numbers at a time that stay in the processor's cache. */
    int CACHED = 4096;

    /** Takes all of {@code bytes} (little-endian, whole elements) and appends them to {@code into}. */
    void widen(ByteBuffer bytes, FloatBuffer into);

    static Widening of(Dtype dtype) {
        return switch (dtype) {
            case F32 -> (bytes, into) -> into.put(bytes.asFloatBuffer());
            case F16 -> halves(HalfFloat::toFloats);
            case BF16 -> halves(HalfFloat::bfloat16ToFloats);
            case F64 -> each(bytes -> (float) bytes.getDouble());
            case I64 -> each(bytes -> (float) bytes.getLong());
            case I32 -> each(bytes -> (float) bytes.getInt());
            case I16 -> each(bytes -> (float) bytes.getShort());
            case I8 -> each(bytes -> (float) bytes.get());
            case U8, BOOL -> each(bytes -> (float) (bytes.get() & 0xff));
        };
    }

    /** Bases are some thousand million halves, so these go through small arrays instead of one call for each. */
    private static Widening halves(Halves widened) {
        return (bytes, into) -> {
            short[] some = new short[CACHED];
            float[] wide = new float[CACHED];
            ShortBuffer left = bytes.asShortBuffer();
            while (left.hasRemaining()) {
                int count = Math.min(CACHED, left.remaining());
                left.get(some, 0, count);
                widened.widen(some, wide, count);
                into.put(wide, 0, count);
            }
            bytes.position(bytes.limit());
        };
    }

    private static Widening each(OneElement element) {
        return (bytes, into) -> {
            while (bytes.hasRemaining()) {
                into.put(element.next(bytes));
            }
        };
    }

    @FunctionalInterface
    interface Halves {
        void widen(short[] halves, float[] into, int count);
    }

    @FunctionalInterface
    interface OneElement {
        float next(ByteBuffer bytes);
    }
}
