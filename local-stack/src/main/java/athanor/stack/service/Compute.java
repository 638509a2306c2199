package athanor.stack.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The one place that chooses threads, waiting and memory allocator for the services that run networks. Measured on two cores
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
        return List.of(
                // The optimiser of TorchScript graphs crashes the process in training.
                "-Dai.djl.pytorch.graph_optimizer=false",
                "-Dai.djl.pytorch.num_threads=" + threads(),
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dai.djl.offline=true");
    }

    /** Must stand in the environment before the process starts; nothing can set them later. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("OMP_NUM_THREADS", Integer.toString(threads()));
        if (threads() == 1) {
            environment.put("OMP_WAIT_POLICY", "PASSIVE");
        } else {
            environment.put("GOMP_SPINCOUNT", "10000");
        }
        if (preloadedAllocator.isPresent()) {
            environment.put("LD_PRELOAD", preloadedAllocator.get().toString());
        } else {
            environment.putAll(glibcThatKeepsItsPages());
        }
        return environment;
    }

    /**
     * Out of the box glibc gives the pages of every large tensor back and asks for them again: a step at the shapes of SD 1.5
     * takes 9.9-11.9 s so, and 7.6 s with these.
     */
    private static Map<String, String> glibcThatKeepsItsPages() {
        return Map.of(
                "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_MMAP_THRESHOLD_", "33554432",
                "MALLOC_TRIM_THRESHOLD_", "17179869184",
                "MALLOC_TOP_PAD_", "67108864");
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
