package athanor.train;

import athanor.contracts.run.MemoryClass;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which training queues a worker stands in. */
final class ServedClasses {

    private static final String AUTO = "auto";
    private static final double GIB = 1024.0 * 1024 * 1024;
    /** A card of "24 GB" reports some 23.6 GiB; its drivers keep the rest. */
    private static final double REPORTED_SHARE = 0.92;

    private ServedClasses() {}

    /**
     * @param setting {@code auto} or names of classes separated by commas
     * @param cardBytes memory of the card, 0 without one
     */
    static Set<MemoryClass> of(String setting, long cardBytes) {
        return setting.strip().equalsIgnoreCase(AUTO) ? fitting(cardBytes) : named(setting);
    }

    /** A card also takes what was planned for a processor: no run waits while somebody idle could train it. */
    private static Set<MemoryClass> fitting(long cardBytes) {
        Set<MemoryClass> fitting = EnumSet.of(MemoryClass.CPU);
        for (MemoryClass size : MemoryClass.values()) {
            if (size != MemoryClass.CPU && gib(size) * REPORTED_SHARE * GIB <= cardBytes) {
                fitting.add(size);
            }
        }
        return fitting;
    }

    private static int gib(MemoryClass size) {
        return Integer.parseInt(size.name().substring(1));
    }

    private static Set<MemoryClass> named(String setting) {
        List<String> known = Arrays.stream(MemoryClass.values())
                .map(MemoryClass::topicSuffix)
                .toList();
        Set<MemoryClass> named = EnumSet.noneOf(MemoryClass.class);
        for (String name : setting.split(",")) {
            String plain = name.strip().toLowerCase(Locale.ROOT);
            if (!known.contains(plain)) {
                throw new IllegalArgumentException(
                        "athanor.train.serves is '%s': '%s' is none of %s; name some, or say auto"
                                .formatted(setting, plain, String.join(", ", known)));
            }
            named.add(MemoryClass.valueOf(plain.toUpperCase(Locale.ROOT)));
        }
        return named;
    }
}
