package athanor.stack.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses threads, waiting and memory allocator for the services that run networks. The values themselves stand in the
 * resources beside this class, where {@code athanor} finds them for the programs that compute alone. Measured on two cores
 * (tiny base, ms a step): two spinning threads are the fastest when alone (110-125) and a disaster beside another such job
 * (640-1130); one thread each is never far from the best (133-195 alone, 162-225 beside another). So every job gets its share
 * of the cores, and waits without burning them.
 *
 * @param cores processors of this machine
 * @param preloadedAllocator tcmalloc or jemalloc, where one is installed
 */
public record Compute(int cores, Optional<Path> preloadedAllocator) {

    private static final List<String> ALLOCATORS =
            List.of("libtcmalloc_minimal.so.4", "libtcmalloc.so.4", "libjemalloc.so.2");
    private static final List<String> LIBRARY_FOLDERS =
            List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib");

    public static Compute ofThisMachine() {
        return new Compute(Runtime.getRuntime().availableProcessors(), installedAllocator());
    }

    /** Training and rendering overlap, so each gets half of the cores. */
    public int threads() {
        return Math.max(1, cores / 2);
    }

    List<String> flags() {
        return Stream.concat(
                        values("java.flags"),
                        Stream.of(
                                "-Dai.djl.pytorch.num_threads=" + threads(), "-Dai.djl.pytorch.num_interop_threads=1"))
                .toList();
    }

    /** Must stand in the environment before the process starts; nothing can set them later. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("OMP_NUM_THREADS", Integer.toString(threads()));
        if (threads() == 1) {
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
        } else {
            environment.putAll(variables("spinning.env"));
        }
        if (preloadedAllocator.isPresent()) {
            environment.put("LD_PRELOAD", preloadedAllocator.get().toString());
        } else {
            environment.putAll(variables("glibc.env"));
        }
        return environment;
    }

    private static Map<String, String> variables(String file) {
        return values(file)
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    private static Stream<String> values(String file) {
        try (InputStream resource = Compute.class.getResourceAsStream("compute/" + file)) {
            return new String(Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> installedAllocator() {
        return ALLOCATORS.stream()
                .flatMap(name -> LIBRARY_FOLDERS.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::exists)
                .findFirst();
    }

    /** What {@code doctor} says about the allocator. */
    public String allocator() {
        return Stream.of(preloadedAllocator)
                .flatMap(Optional::stream)
                .map(Path::toString)
                .findFirst()
                .orElse("glibc, tuned");
    }
}
