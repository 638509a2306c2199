package athanor.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/** The line under a table that says where and when its numbers were taken, and how busy the machine was. */
final class Machine {

    private static final String UNKNOWN = "a processor without a name";

    private Machine() {}

    static String sentence() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d cores, load of the last minute %.1f.",
                LocalDate.now(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.exists(information)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
