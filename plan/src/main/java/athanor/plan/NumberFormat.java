package athanor.plan;

import java.util.Arrays;
import java.util.Locale;

/** In which format the networks compute; the LoRA and its optimiser are float32 always. */
public enum NumberFormat {
    FLOAT32(4),
    BFLOAT16(2),
    FLOAT16(2);

    private final int bytes;

    NumberFormat(int bytes) {
        this.bytes = bytes;
    }

    public static NumberFormat parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no precision; name one of float32, bfloat16, float16".formatted(name)));
    }

    /** The format of so many bytes a number. */
    public static NumberFormat of(int bytes) {
        return bytes == FLOAT32.bytes ? FLOAT32 : BFLOAT16;
    }

    public int bytes() {
        return bytes;
    }

    /** Both formats of 16 bits take the same memory, and the one that cards train in was counted. */
    NumberFormat asCounted() {
        return this == FLOAT16 ? BFLOAT16 : this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
