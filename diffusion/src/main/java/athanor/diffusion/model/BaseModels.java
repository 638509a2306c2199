package athanor.diffusion.model;

import athanor.diffusion.safetensors.PickledFiles;
import athanor.diffusion.singlefile.SingleFileCheckpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The base models of this machine: folders in which every diffusers folder and every {@code .safetensors} checkpoint is a
 * base, named by its file name without the ending, or by its whole path where the name alone could be another one's. LoRAs,
 * autoencoders and whatever else lies there are none.
 *
 * <p>Nothing is cached: an operator may drop a base into a folder while the service runs.
 */
public final class BaseModels {

    private static final String ENDING = ".safetensors";

    private final List<Path> folders;

    private BaseModels(List<Path> folders) {
        this.folders = folders;
    }

    /** @param pathList folders, separated like a class path ({@code :} or, on Windows, {@code ;}); earlier ones win */
    public static BaseModels of(String pathList) {
        return new BaseModels(Arrays.stream(pathList.split(File.pathSeparator))
                .map(String::strip)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .toList());
    }

    /**
     * Where the base called {@code name} lies, or a sentence about what is there instead.
     *
     * @param name a name, for which the first folder that has it counts; or the absolute path of an entry of one of the folders,
     *     which means that entry and no other
     */
    public BaseModelSearch find(String name) {
        Path path = absolute(name);
        if (path != null) {
            return at(name, path);
        }
        for (Path folder : folders) {
            Path asFolder = inside(folder, name);
            Path asFile = inside(folder, name + ENDING);
            if (asFolder == null || asFile == null) {
                return unknown("'%s' is not the name of a base model".formatted(name));
            }
            if (isDiffusersFolder(asFolder)) {
                return new BaseModelSearch.Found(name, asFolder);
            }
            if (Files.isRegularFile(asFile)) {
                return new BaseModelSearch.Found(name, asFile);
            }
            if (Files.isDirectory(asFolder)) {
                return noBase(asFolder);
            }
            for (Path pickled : pickledOf(folder, name)) {
                if (Files.exists(pickled)) {
                    return pickled(pickled);
                }
            }
        }
        return unknown("there is no base model '%s'".formatted(name));
    }

    /** The files that a name can mean which nobody opens; people write the ending or leave it out. */
    private static List<Path> pickledOf(Path folder, String name) {
        return PickledFiles.isOne(name)
                ? List.of(folder.resolve(name))
                : PickledFiles.ENDINGS.stream()
                        .map(ending -> folder.resolve(name + ending))
                        .toList();
    }

    /** Nothing else on this machine is opened, whatever a request names. */
    private BaseModelSearch at(String name, Path path) {
        if (!folders.contains(path.getParent())) {
            return unknown("'%s' lies in none of the folders of base models".formatted(path));
        }
        if (isDiffusersFolder(path)) {
            return new BaseModelSearch.Found(name, path);
        }
        if (Files.isDirectory(path)) {
            return noBase(path);
        }
        if (!Files.exists(path)) {
            return unknown("there is no base model at '%s'".formatted(path));
        }
        if (PickledFiles.isOne(path.toString())) {
            return pickled(path);
        }
        return path.toString().endsWith(ENDING)
                ? new BaseModelSearch.Found(name, path)
                : new BaseModelSearch.Unknown(
                        "%s is no folder and no .safetensors file.".formatted(path),
                        "Name a folder in the diffusers layout or a single .safetensors file.");
    }

    private static BaseModelSearch.Unknown noBase(Path folder) {
        return new BaseModelSearch.Unknown(
                "%s is there, but has no model_index.json and no unet/config.json.".formatted(folder),
                "A base is a folder in the diffusers layout or a single .safetensors file; copy it whole.");
    }

    private static BaseModelSearch.Unknown pickled(Path file) {
        return new BaseModelSearch.Unknown(
                "%s is a pickled checkpoint, which can run code when it is opened.".formatted(file),
                "Convert it to .safetensors and put that in the same folder.");
    }

    private static @Nullable Path absolute(String name) {
        try {
            Path path = Path.of(name);
            return path.isAbsolute() ? path.normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The names of all bases, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(folder)) {
                entries.forEach(entry -> {
                    String fileName = entry.getFileName().toString();
                    if (isDiffusersFolder(entry)) {
                        names.add(fileName);
                    } else if (fileName.endsWith(ENDING) && SingleFileCheckpoint.looksLikeOne(entry)) {
                        names.add(fileName.substring(0, fileName.length() - ENDING.length()));
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list the base models in " + folder, e);
            }
        }
        return List.copyOf(names);
    }

    private BaseModelSearch.Unknown unknown(String what) {
        if (folders.isEmpty()) {
            return new BaseModelSearch.Unknown(
                    what + ": no folder of base models is set.",
                    "Set athanor.base-models to the folders that hold them.");
        }
        List<String> names = names();
        String where = String.join(", ", folders.stream().map(Path::toString).toList());
        return names.isEmpty()
                ? new BaseModelSearch.Unknown(
                        "%s: %s holds none.".formatted(what, where),
                        "Put a diffusers folder or a .safetensors checkpoint there, or set athanor.base-models.")
                : new BaseModelSearch.Unknown(
                        "%s in %s, only: %s.".formatted(what, where, String.join(", ", names)),
                        "Ask for one of these, or put the missing one there.");
    }

    /** The entry of that name, or null when the name would lead out of the folder. */
    private static @Nullable Path inside(Path folder, String name) {
        try {
            Path entry = folder.resolve(name).normalize();
            return !name.isBlank() && folder.equals(entry.getParent()) ? entry : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isDiffusersFolder(Path folder) {
        return Files.isRegularFile(folder.resolve("model_index.json"))
                || Files.isRegularFile(folder.resolve("unet").resolve("config.json"));
    }
}
