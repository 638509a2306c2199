package athanor.diffusion.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the processor of this machine computes in by itself. Everything else is imitated, at many times the cost. */
public final class Processor {

    /** As Linux calls them: the first two of x86, the last of 64-bit Arm. */
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private Processor() {}

    /** False also where there is no Linux to ask. */
    public static boolean hasBfloat16() {
        Path description = Path.of("/proc/cpuinfo");
        try {
            return Files.exists(description) && hasBfloat16(Files.readAllLines(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param description lines of {@code /proc/cpuinfo} */
    static boolean hasBfloat16(List<String> description) {
        return description.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(line.split("[:\\s]+")))
                .anyMatch(BFLOAT16::contains);
    }
}
