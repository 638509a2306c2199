package athanor.diffusion.safetensors;

import java.util.List;
import java.util.Locale;

/** Checkpoints that Python pickled: opening one can run code, so they are known by their endings and never opened. */
public final class PickledFiles {

    public static final List<String> ENDINGS = List.of(".ckpt", ".bin", ".pt", ".pth");

    private PickledFiles() {}

    /** @param name of a file, or its path */
    public static boolean isOne(String name) {
        return ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }
}
