package athanor.stack.doctor;

import athanor.pictures.heif.HeifTool;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.Ports;
import athanor.stack.service.Compute;
import athanor.stack.service.Service;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything on this machine that decides whether a stack runs and how fast. */
public final class Examination {

    private static final int OLDEST_JAVA = 17;
    private static final double LEAST_MEMORY_GIB = 4;
    private static final double MEMORY_OF_STABLE_DIFFUSION_GIB = 12;
    private static final double LEAST_DISK_GIB = 2;
    private static final String LIBTORCH_FOR_CARDS =
            "pip install torch==2.7.1, then PYTORCH_LIBRARY_PATH=…/site-packages/torch/lib ./athanor up";

    private final DataFolder data;
    private final Ports ports;
    private final List<Path> baseModels;

    public Examination(DataFolder data, Ports ports, List<Path> baseModels) {
        this.data = data;
        this.ports = ports;
        this.baseModels = baseModels;
    }

    public List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(cores());
        findings.add(memory());
        findings.add(graphicsCard());
        findings.add(allocator());
        findings.add(pictures());
        findings.add(disk());
        findings.addAll(portFindings());
        findings.addAll(baseModelFindings());
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String found = "%d, %s".formatted(version, System.getProperty("java.home"));
        return version >= OLDEST_JAVA
                ? Finding.good("Java", found)
                : Finding.blocking("Java", found, "install a JDK of version 17 or newer and point JAVA_HOME at it");
    }

    private static Finding cores() {
        int cores = Compute.ofThisMachine().cores();
        return cores >= 2
                ? Finding.good("cores", Integer.toString(cores))
                : Finding.meagre("cores", "1", "expect the demo to take several minutes");
    }

    private static Finding memory() {
        double gib = physicalMemoryBytes() / (double) (1L << 30);
        String found = String.format(Locale.ROOT, "%.1f GiB", gib);
        if (gib < LEAST_MEMORY_GIB) {
            return Finding.blocking("memory", found, "the stack with the tiny base wants 4 GiB");
        }
        return gib < MEMORY_OF_STABLE_DIFFUSION_GIB
                ? Finding.meagre("memory", found, "enough for the tiny base; SD 1.5 on a CPU wants 12 GiB")
                : Finding.good("memory", found);
    }

    private static long physicalMemoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static Finding graphicsCard() {
        try {
            Process query = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            String answer =
                    new String(query.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            if (query.waitFor(10, TimeUnit.SECONDS) && query.exitValue() == 0 && !answer.isEmpty()) {
                return card(answer.replace("\n", "; "));
            }
        } catch (IOException noSuchProgram) {
            return noCard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return noCard();
    }

    /** The build brings libtorch for processors; the one for cards is some gigabytes and comes from elsewhere. */
    private static Finding card(String found) {
        String libraries = System.getenv("PYTORCH_LIBRARY_PATH");
        if (libraries == null) {
            return Finding.meagre("GPU", found + ", but libtorch is the one for processors", LIBTORCH_FOR_CARDS);
        }
        boolean forCards = Stream.of(libraries.split(File.pathSeparator))
                .anyMatch(folder -> Files.exists(Path.of(folder, "libtorch_cuda.so")));
        return forCards
                ? Finding.good("GPU", found)
                : Finding.meagre(
                        "GPU",
                        "%s, but PYTORCH_LIBRARY_PATH=%s holds no libtorch_cuda.so".formatted(found, libraries),
                        LIBTORCH_FOR_CARDS);
    }

    private static Finding noCard() {
        return Finding.meagre(
                "GPU",
                "none that nvidia-smi shows",
                "the tiny base needs none; for real Stable Diffusion bases install an NVIDIA driver");
    }

    private static Finding allocator() {
        Compute compute = Compute.ofThisMachine();
        return compute.preloadedAllocator().isPresent()
                ? Finding.good("allocator", compute.allocator())
                : Finding.meagre(
                        "allocator",
                        compute.allocator(),
                        "installing libtcmalloc-minimal4 makes training on a CPU about a tenth faster");
    }

    private static Finding pictures() {
        return HeifTool.ofThisMachine()
                .map(tool -> Finding.good("pictures", "JPEG, PNG, WebP, TIFF, BMP, GIF; HEIC and AVIF by " + tool))
                .orElseGet(() -> Finding.meagre(
                        "pictures",
                        "JPEG, PNG, WebP, TIFF, BMP, GIF; HEIC and AVIF are refused",
                        "install heif-convert (Debian: libheif-examples; macOS: brew install libheif) to read what"
                                + " telephones write"));
    }

    private Finding disk() throws IOException {
        Path existing = data.path();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        double gib = Files.getFileStore(existing).getUsableSpace() / (double) (1L << 30);
        String found = String.format(Locale.ROOT, "%.1f GiB free for %s", gib, data.path());
        return gib >= LEAST_DISK_GIB
                ? Finding.good("disk", found)
                : Finding.blocking("disk", found, "free some, or choose another disk with --data");
    }

    private List<Finding> portFindings() throws IOException {
        if (data.holder().isPresent()) {
            return List.of(Finding.good("ports", "held by the stack that runs on " + data.path()));
        }
        SortedMap<String, Integer> wanted = new TreeMap<>();
        wanted.put("Kafka", ports.kafka());
        wanted.put("Kafka's controller", ports.kafkaController());
        wanted.put("the object store", ports.store());
        for (Service service : Service.values()) {
            wanted.put(service.module(), ports.of(service.defaultPort()));
        }
        List<String> taken = ports.taken(wanted);
        return taken.isEmpty()
                ? List.of(Finding.good("ports", "%s are free".formatted(wanted.values())))
                : taken.stream()
                        .map(sentence -> sentence.split("; ", 2))
                        .map(parts -> Finding.blocking("ports", parts[0], parts[1]))
                        .toList();
    }

    private List<Finding> baseModelFindings() {
        List<Finding> findings = new ArrayList<>();
        for (Path folder : baseModels) {
            try (Stream<Path> entries = Files.list(folder)) {
                entries.filter(Examination::isBaseModel)
                        .sorted()
                        .forEach(base -> findings.add(Finding.good("base model", base.toString())));
            } catch (IOException e) {
                findings.add(Finding.meagre(
                        "base model", "%s is no folder".formatted(folder), "make it, or drop it from the settings"));
            }
        }
        if (findings.stream().noneMatch(finding -> finding.grade() == Finding.Grade.GOOD)) {
            findings.add(Finding.blocking(
                    "base model",
                    "none in %s".formatted(baseModels),
                    "put a diffusers folder or a .safetensors checkpoint there"));
        }
        return findings;
    }

    private static boolean isBaseModel(Path entry) {
        return Files.exists(entry.resolve("model_index.json"))
                || entry.getFileName().toString().endsWith(".safetensors");
    }
}
