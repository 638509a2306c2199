package athanor.diffusion.singlefile;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may lie beside a single-file checkpoint to say what its tensors cannot: {@code NAME.yaml}, the training
 * configuration that Stable Diffusion's authors publish with their checkpoints, and a folder {@code NAME.config} in
 * diffusers' layout without weights, whose files take the place of what was inferred.
 */
final class Sidecar {

    private final String name;
    private final Path configs;
    private final Map<String, String> yaml = new LinkedHashMap<>();

    private Sidecar(String name, Path configs) {
        this.name = name;
        this.configs = configs;
    }

    static Sidecar of(Path checkpoint) {
        String fileName = checkpoint.getFileName().toString();
        String name = fileName.substring(0, Math.max(0, fileName.lastIndexOf('.')));
        Sidecar sidecar = new Sidecar(name, checkpoint.resolveSibling(name + ".config"));
        Path yaml = checkpoint.resolveSibling(name + ".yaml");
        if (Files.isRegularFile(yaml)) {
            try {
                Files.readAllLines(yaml).forEach(sidecar::addLine);
            } catch (IOException e) {
                throw new BaseModelException("%s: cannot be read: %s".formatted(yaml, e), e);
            }
        }
        return sidecar;
    }

    /** Every {@code key: value} of the file, wherever it stands; the keys that are asked for occur once. */
    private void addLine(String line) {
        String text = line.replaceFirst("(^|\\s)#.*", "").strip();
        int colon = text.indexOf(':');
        if (colon > 0 && colon < text.length() - 1) {
            yaml.putIfAbsent(
                    text.substring(0, colon).strip(),
                    text.substring(colon + 1).strip().replaceAll("^[\"']|[\"']$", ""));
        }
    }

    @Nullable
    String text(String key) {
        return yaml.get(key);
    }

    @Nullable
    Integer integer(String key) {
        Double number = number(key);
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    @Nullable
    Double number(String key) {
        String text = yaml.get(key);
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new BaseModelException("%s.yaml: found %s: %s, wanted a number".formatted(name, key, text), e);
        }
    }

    /** What to put where, for a person. */
    String hint() {
        return name + ".yaml or a folder " + name + ".config";
    }

    boolean has(String part, String fileName) {
        return Files.isRegularFile(configs.resolve(part).resolve(fileName));
    }

    /** The part's configuration from the folder, or the inferred one. */
    Map<String, Object> configOr(String part, String fileName, Map<String, Object> inferred) {
        if (!has(part, fileName)) {
            return inferred;
        }
        Path file = configs.resolve(part).resolve(fileName);
        try {
            Map<String, Object> entries = new LinkedHashMap<>();
            Json.parseObject(Files.readAllBytes(file)).forEach((key, value) -> {
                if (value != null) {
                    entries.put(key, value);
                }
            });
            return entries;
        } catch (JsonException | IOException e) {
            throw new BaseModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The folder's tokenizer, or null. */
    @Nullable
    Path tokenizer(String part) {
        return has(part, "vocab.json") ? configs.resolve(part) : null;
    }
}
