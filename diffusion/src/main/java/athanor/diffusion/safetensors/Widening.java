package athanor.diffusion.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** How the bytes of one dtype become floats. */
@FunctionalInterface
interface Widening {

    /** Takes all of {@code bytes} (little-endian, whole elements) and appends them to {@code into}. */
    void widen(ByteBuffer bytes, FloatBuffer into);

    static Widening of(Dtype dtype) {
        return switch (dtype) {
            case F32 -> (bytes, into) -> into.put(bytes.asFloatBuffer());
            case F16 -> each(bytes -> HalfFloat.toFloat(bytes.getShort()));
            case BF16 -> each(bytes -> HalfFloat.bfloat16ToFloat(bytes.getShort()));
            case F64 -> each(bytes -> (float) bytes.getDouble());
            case I64 -> each(bytes -> (float) bytes.getLong());
            case I32 -> each(bytes -> (float) bytes.getInt());
            case I16 -> each(bytes -> (float) bytes.getShort());
            case I8 -> each(bytes -> (float) bytes.get());
            case U8, BOOL -> each(bytes -> (float) (bytes.get() & 0xff));
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
    interface OneElement {
        float next(ByteBuffer bytes);
    }
}
