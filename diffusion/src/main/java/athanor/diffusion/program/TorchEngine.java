package athanor.diffusion.program;

import ai.djl.engine.Engine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What DJL's PyTorch engine must find when it loads, because it reads each of these once. */
public final class TorchEngine {

    /** Folder of a libtorch to use instead of the one on the class path; DJL's own name for it. */
    private static final String LIBRARIES = "PYTORCH_LIBRARY_PATH";

    /** The only build for CUDA of what binds libtorch to Java; any libtorch of the same version with CUDA 12 goes with it. */
    private static final String CUDA_FLAVOR = "cu128";

    static {
        // With DJL's default, training an attention network crashes inside libtorch.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        Optional.ofNullable(System.getenv(LIBRARIES))
                .or(() -> Optional.ofNullable(System.getProperty(LIBRARIES)))
                .map(TorchEngine::forCuda)
                .ifPresent(settings -> settings.forEach(TorchEngine::setUnlessSet));
    }

    private TorchEngine() {}

    /** Of what computes, by name. */
    public static Map<String, String> versions() {
        return Map.of("libtorch", Engine.getEngine("PyTorch").getVersion(), "djl", Engine.getDjlVersion());
    }

    /** Call before anything of DJL's engine is touched. */
    public static void prepare() {
        // The work is done once, when this class is loaded.
    }

    /**
     * Settings that make a libtorch with CUDA usable, none for one without. DJL asks the CUDA runtime how many cards there are, and
     * looks for it where the system keeps its libraries; a PyTorch that pip installed keeps it in a folder beside its own.
     *
     * @param libraries folders, divided as a search path is
     */
    static Map<String, String> forCuda(String libraries) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String folder : libraries.split(File.pathSeparator)) {
            Path torch = Path.of(folder);
            if (!Files.exists(torch.resolve("libtorch_cuda.so"))) {
                continue;
            }
            settings.put("PYTORCH_FLAVOR", CUDA_FLAVOR);
            settings.put(
                    "jna.library.path",
                    Stream.of(torch.resolve("../../nvidia/cuda_runtime/lib"), torch)
                            .map(Path::normalize)
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator)));
            break;
        }
        return settings;
    }

    /** The environment comes first, as DJL reads it. */
    private static void setUnlessSet(String property, String value) {
        if (System.getenv(property) == null && System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
