package athanor.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which base models there are, by name or path: folders and {@code .safetensors} files in the operator's folders. */
@ApplicationScoped
class BaseModels {

    private static final String SINGLE_FILE = ".safetensors";

    private final List<Path> folders;

    /**
     * @param baseModels folders separated like the class path. When it is set, a run with an unknown base is refused at once;
     *     where the models lie on other machines it is left out, and the later stages refuse.
     */
    BaseModels(@ConfigProperty(name = "athanor.base-models") Optional<String> baseModels) {
        this.folders = baseModels.stream()
                .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .toList();
    }

    /** @return a sentence when the base is not there; nothing when it is, or when nobody told us where bases lie */
    Optional<String> refuse(String name) {
        if (folders.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> path = absolute(name);
        if (path.isPresent()) {
            return refuse(path.get());
        }
        List<String> known = names();
        return known.contains(name)
                ? Optional.empty()
                : Optional.of("there is no base model '%s'; known are %s (setting athanor.base-models)"
                        .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
    }

    /** The folders are all that a request can name something of. */
    private Optional<String> refuse(Path path) {
        if (!folders.contains(path.getParent())) {
            return Optional.of("'%s' lies in none of the folders of base models (setting athanor.base-models): %s"
                    .formatted(path, folders));
        }
        if (!Files.exists(path)) {
            return Optional.of("there is no base model at '%s'".formatted(path));
        }
        return Files.isDirectory(path) || path.toString().endsWith(SINGLE_FILE)
                ? Optional.empty()
                : Optional.of(("'%s' is no folder and no .safetensors file; pickled checkpoints (.ckpt, .pt) are not"
                                + " opened, because they can run code: convert it to .safetensors")
                        .formatted(path));
    }

    private static Optional<Path> absolute(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private List<String> names() {
        return folders.stream().flatMap(BaseModels::namesIn).distinct().sorted().toList();
    }

    private static Stream<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> Files.isDirectory(file) || file.toString().endsWith(SINGLE_FILE))
                    .map(file -> file.getFileName().toString())
                    .map(name ->
                            name.endsWith(SINGLE_FILE) ? name.substring(0, name.length() - SINGLE_FILE.length()) : name)
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // a folder that is not mounted holds no models
        }
    }
}
