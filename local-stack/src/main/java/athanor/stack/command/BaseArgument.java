package athanor.stack.command;

import athanor.stack.infra.StackProblem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The base model as somebody named it on the command line. A path means that file or folder, whatever else has its name.
 *
 * @param baseModel what a recipe says: a name that the stack knows, or an absolute path
 * @param folders where a stack has to look for it; none for a name
 */
record BaseArgument(String baseModel, List<Path> folders) {

    private static final List<String> CHECKPOINTS = List.of(".safetensors", ".ckpt", ".bin", ".pt", ".pth");

    static BaseArgument of(String given) {
        if (!looksLikeAPath(given)) {
            return new BaseArgument(given, List.of());
        }
        Path place = Path.of(given).toAbsolutePath().normalize();
        if (!Files.exists(place) || place.getParent() == null) {
            throw new StackProblem(
                    "there is no base model at %s; name a diffusers folder or a .safetensors file".formatted(place));
        }
        if (!Files.isDirectory(place) && !place.toString().endsWith(CHECKPOINTS.get(0))) {
            throw new StackProblem(
                    "%s is no .safetensors file; pickled checkpoints (.ckpt, .pt) are not opened, because they can run code: convert it to .safetensors"
                            .formatted(place));
        }
        return new BaseArgument(place.toString(), List.of(place.getParent()));
    }

    /** A bare word is a name, unless it has the ending of a checkpoint or is a base model that lies right here. */
    private static boolean looksLikeAPath(String text) {
        if (text.contains("/") || text.contains("\\")) {
            return true;
        }
        try {
            Path here = Path.of(text);
            return CHECKPOINTS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::endsWith)
                    || Files.exists(here.resolve("model_index.json"))
                    || Files.exists(here.resolve("unet/config.json"));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
