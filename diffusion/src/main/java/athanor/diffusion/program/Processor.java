package athanor.diffusion.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the processor of this machine is good at. */
public final class Processor {

    /** As Linux calls them: the first two of x86, the last of 64-bit Arm. */
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private Processor() {}

    /** Whether it computes in bfloat16 by itself; where not, that is imitated at many times the cost. */
    public static boolean hasBfloat16() {
        return hasBfloat16(description());
    }

    /**
     * Whether matrix products take twice the time that they need: the library which libtorch has for them takes the wide registers
     * (AVX-512) of Intel's processors only. The one which it has for convolutions takes everybody's.
     */
    static boolean multipliesAtHalfSpeed() {
        return multipliesAtHalfSpeed(description());
    }

    static boolean hasBfloat16(List<String> description) {
        return flags(description).anyMatch(BFLOAT16::contains);
    }

    static boolean multipliesAtHalfSpeed(List<String> description) {
        return description.stream().anyMatch(line -> line.startsWith("vendor_id") && line.endsWith("AuthenticAMD"))
                && flags(description).anyMatch("avx512f"::equals);
    }

    /** Lines of {@code /proc/cpuinfo}; none where there is no Linux to ask. */
    private static List<String> description() {
        Path file = Path.of("/proc/cpuinfo");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> flags(List<String> description) {
        return description.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(line.split("[:\\s]+")));
    }
}
