package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which base models there are, by name or path: diffusers folders and {@code .safetensors} checkpoints in the operator's
 * folders. Whether one of them can be used is for the services that open it.
 */
@ApplicationScoped
class BaseModels {

    private static final String SINGLE_FILE = ".safetensors";
    private static final List<String> PICKLED = List.of(".ckpt", ".bin", ".pt", ".pth");

    /** A checkpoint of Stable Diffusion's own code has its UNet under this name; a LoRA or an autoencoder has none. */
    private static final String UNET_IN_A_HEADER = "\"model.diffusion_model.";

    private static final String SECOND_ENCODER_OF_XL = "\"conditioner.embedders.1.";
    private static final String ENCODER_OF_SD2 = "\"cond_stage_model.model.";

    private static final long LONGEST_HEADER = 16 << 20;

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
        if (known.contains(name)) {
            return Optional.empty();
        }
        Optional<Path> pickled = pickled(name);
        if (pickled.isPresent()) {
            return Optional.of(
                    "%s is a pickled checkpoint, which can run code when it is opened; convert it to .safetensors and name that"
                            .formatted(pickled.get()));
        }
        return Optional.of("there is no base model '%s'; known are %s (setting athanor.base-models)"
                .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
    }

    /**
     * Side in pixels of the square pictures that the base was made for: what its configuration says, and of a single file what
     * the kind of its text encoders says. Nothing when the base is not there, or does not say.
     */
    Optional<Integer> nativeSide(String name) {
        Stream<Path> entries = absolute(name)
                .map(path -> Stream.of(path).filter(entry -> folders.contains(entry.getParent())))
                .orElseGet(() -> folders.stream()
                        .flatMap(
                                folder -> Stream.of(name, name + SINGLE_FILE).flatMap(entry -> inside(folder, entry))));
        return entries.filter(BaseModels::isBase)
                .findFirst()
                .flatMap(base -> Files.isDirectory(base) ? sideOfFolder(base) : sideOfFile(base));
    }

    private static Optional<Integer> sideOfFolder(Path base) {
        try {
            Map<?, ?> unet = json(base.resolve("unet/config.json"));
            Map<?, ?> vae = json(base.resolve("vae/config.json"));
            return unet.get("sample_size") instanceof Integer latents
                            && vae.get("block_out_channels") instanceof List<?> levels
                            && latents > 0
                            && !levels.isEmpty()
                    ? Optional.of(latents << (levels.size() - 1))
                    : Optional.empty();
        } catch (IOException | JsonException e) {
            return Optional.empty(); // the service that opens the base says what is wrong with it
        }
    }

    private static Map<?, ?> json(Path file) throws IOException {
        return Json.read(Files.readAllBytes(file), Map.class);
    }

    private static Optional<Integer> sideOfFile(Path file) {
        String header = header(file);
        if (header.contains(SECOND_ENCODER_OF_XL)) {
            return Optional.of(1024);
        }
        return Optional.of(header.contains(ENCODER_OF_SD2) ? 768 : 512);
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
        if (isBase(path)) {
            return Optional.empty();
        }
        if (Files.isDirectory(path)) {
            return Optional.of("'%s' is no base: it has no model_index.json and no unet/config.json".formatted(path));
        }
        return path.toString().endsWith(SINGLE_FILE)
                ? Optional.of(
                        ("'%s' is no base: it holds no UNet under the names of Stable Diffusion's own code; a LoRA"
                                        + " or an autoencoder is none")
                                .formatted(path))
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

    /** The file that a name means with its ending or without. */
    private Optional<Path> pickled(String name) {
        boolean withEnding = PICKLED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
        List<String> fileNames =
                withEnding ? List.of(name) : PICKLED.stream().map(name::concat).toList();
        return folders.stream()
                .flatMap(folder -> fileNames.stream().flatMap(fileName -> inside(folder, fileName)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> inside(Path folder, String fileName) {
        try {
            Path file = folder.resolve(fileName).normalize();
            return folder.equals(file.getParent()) ? Stream.of(file) : Stream.empty();
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> namesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(BaseModels::isBase)
                    .map(file -> file.getFileName().toString())
                    .map(name ->
                            name.endsWith(SINGLE_FILE) ? name.substring(0, name.length() - SINGLE_FILE.length()) : name)
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty(); // a folder that is not mounted holds no models
        }
    }

    private static boolean isBase(Path entry) {
        if (Files.isDirectory(entry)) {
            return Files.isRegularFile(entry.resolve("model_index.json"))
                    || Files.isRegularFile(entry.resolve("unet").resolve("config.json"));
        }
        return entry.toString().endsWith(SINGLE_FILE) && header(entry).contains(UNET_IN_A_HEADER);
    }

    /** The JSON with which a safetensors file begins; empty when it is none. */
    private static String header(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            long headerBytes = Long.reverseBytes(in.readLong()); // little-endian
            if (headerBytes < 0 || headerBytes > LONGEST_HEADER) {
                return "";
            }
            return new String(in.readNBytes((int) headerBytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
