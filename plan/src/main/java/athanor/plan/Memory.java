package athanor.plan;

import athanor.contracts.run.MemoryClass;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that a training has: a card's, or a machine's where it trains on a processor.
 *
 * @param name as it was asked for
 */
public record Memory(String name, long bytes, boolean processor) {

    static final long GIB = 1L << 30;

    private static final long LEAST = 1L << 20;
    private static final long MOST = 1L << 50;
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s*(B|MIB|MB|GIB|GB)?");
    private static final String PROCESSOR = "cpu";

    /**
     * Reads {@code g8} (a class), {@code 8GiB} or a number of bytes (a card), {@code cpu} (this machine) and {@code cpu:16GiB}.
     *
     * @param ofThisMachine bytes
     * @throws IllegalArgumentException with a sentence
     */
    public static Memory parse(String text, long ofThisMachine) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals(PROCESSOR)) {
            return new Memory(PROCESSOR, ofThisMachine, true);
        }
        if (name.startsWith(PROCESSOR + ":")) {
            return new Memory(name, amount(name.substring(PROCESSOR.length() + 1), text), true);
        }
        for (MemoryClass memoryClass : MemoryClass.values()) {
            Optional<Memory> memory =
                    of(memoryClass).filter(any -> memoryClass.topicSuffix().equals(name));
            if (memory.isPresent()) {
                return memory.get();
            }
        }
        return new Memory(text.strip(), amount(name, text), false);
    }

    /** Of a card of this class; nothing for processors, whose memory a class does not say. */
    public static Optional<Memory> of(MemoryClass memoryClass) {
        return memoryClass == MemoryClass.CPU
                ? Optional.empty()
                : Optional.of(new Memory(
                        memoryClass.topicSuffix(),
                        Long.parseLong(memoryClass.name().substring(1)) * GIB,
                        false));
    }

    private static long amount(String text, String given) {
        Matcher amount = AMOUNT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no memory; name a class (cpu, g8, g12, g16, g24, g48, g80), an amount such as 8GiB, or cpu:16GiB"
                            .formatted(given));
        }
        double number = Double.parseDouble(amount.group(1));
        String unit = amount.group(2) == null ? "B" : amount.group(2);
        long bytes = (long) (number * bytesOf(unit));
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException(
                    "'%s' is no memory that a machine has; a number alone counts bytes, so write for example 8GiB"
                            .formatted(given));
        }
        return bytes;
    }

    private static double bytesOf(String unit) {
        return switch (unit) {
            case "GIB", "GB" -> GIB; // whoever sells a card of 8 GB means 8 GiB
            case "MIB", "MB" -> 1 << 20;
            default -> 1;
        };
    }

    /** For people. */
    public String spoken() {
        String amount =
                String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB).replace(".0 GiB", " GiB");
        return processor ? "a machine with " + amount : "a card with " + amount;
    }
}
