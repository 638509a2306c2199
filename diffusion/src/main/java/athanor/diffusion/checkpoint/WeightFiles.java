package athanor.diffusion.checkpoint;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.safetensors.PickledFiles;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every safetensors file that a base holds open, and how one part's files are found in its folder: {@code
 * STEM.safetensors}, or the shards that an index names, in full precision or as a variant ({@code
 * STEM.fp16.safetensors}).
 */
public final class WeightFiles implements AutoCloseable {

    private final List<Path> paths = new ArrayList<>();
    private final List<SafetensorsFile> open = new ArrayList<>();

    /** In the order in which they were opened. */
    public List<Path> paths() {
        return List.copyOf(paths);
    }

    public SafetensorsFile open(Path path) {
        try {
            SafetensorsFile file = SafetensorsFile.open(path);
            paths.add(path);
            open.add(file);
            return file;
        } catch (SafetensorsException e) {
            throw new BaseModelException(e.getMessage(), e);
        }
    }

    /** All tensors of one part, under the names they are stored with. */
    public Map<String, StoredTensor> ofPart(Path folder, String stem) {
        List<String> names = fileNames(folder);
        String whole = plainestFirst(names, name -> name.endsWith(".safetensors") && isVariantOf(stem, name));
        // Shards in full precision before a whole file of a variant.
        String plainIndex = stem + ".safetensors.index.json";
        boolean inShards = names.contains(plainIndex) && !names.contains(stem + ".safetensors");
        if (whole != null && !inShards) {
            SafetensorsFile file = open(folder.resolve(whole));
            Map<String, StoredTensor> tensors = new LinkedHashMap<>();
            file.names().forEach(name -> tensors.put(name, StoredTensor.whole(file, name)));
            return tensors;
        }
        String index = plainestFirst(
                names,
                name -> name.startsWith(stem) && name.contains(".safetensors.index.") && name.endsWith(".json")
                        || name.startsWith(stem) && name.endsWith(".safetensors.index.json"));
        if (index != null) {
            return ofShards(folder, folder.resolve(index));
        }
        for (String name : names) {
            if (PickledFiles.isOne(name)) {
                throw pickled(folder.resolve(name));
            }
        }
        throw new BaseModelException(
                "%s: found no weights, wanted %s.safetensors; copy the base whole".formatted(folder, stem));
    }

    public static BaseModelException pickled(Path file) {
        return new BaseModelException(
                "%s: found a pickled checkpoint, which can run code when it is opened, wanted .safetensors; convert it"
                        .formatted(file));
    }

    private Map<String, StoredTensor> ofShards(Path folder, Path index) {
        Map<String, SafetensorsFile> shards = new HashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        weightMap(index).forEach((name, shard) -> {
            SafetensorsFile file = shards.computeIfAbsent(shard, fileName -> open(folder.resolve(fileName)));
            tensors.put(name, StoredTensor.whole(file, name));
        });
        return tensors;
    }

    private static Map<String, String> weightMap(Path index) {
        if (!Files.isRegularFile(index)) {
            throw new BaseModelException(index + ": found no regular file, wanted the file of each tensor");
        }
        try {
            if (!(Json.parseObject(Files.readAllBytes(index)).get("weight_map") instanceof Map<?, ?> map)) {
                throw new BaseModelException(index + ": found no weight_map, wanted the file of each tensor");
            }
            Map<String, String> files = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String file = String.valueOf(entry.getValue());
                if (!file.endsWith(".safetensors") || file.contains("/") || file.contains("\\")) {
                    throw new BaseModelException(
                            "%s: tensor \"%s\": found the file \"%s\", wanted a .safetensors beside it"
                                    .formatted(index, entry.getKey(), file));
                }
                files.put((String) entry.getKey(), file);
            }
            return files;
        } catch (JsonException | IOException e) {
            throw new BaseModelException("%s: %s".formatted(index, e.getMessage()), e);
        }
    }

    /** Without a variant before fp16, and so on down the alphabet. */
    private static @Nullable String plainestFirst(List<String> names, java.util.function.Predicate<String> wanted) {
        return names.stream()
                .filter(wanted)
                .min(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** {@code stem.safetensors} or {@code stem.variant.safetensors}, but no shard. */
    private static boolean isVariantOf(String stem, String name) {
        return name.matches(java.util.regex.Pattern.quote(stem) + "(\\.[A-Za-z0-9_]+)?\\.safetensors")
                && !name.contains("non_ema");
    }

    private static List<String> fileNames(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BaseModelException(
                    "%s: found no such folder, wanted a part of the base; copy it whole".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new BaseModelException("%s: %s".formatted(folder, e), e);
        }
    }

    @Override
    public void close() {
        open.forEach(SafetensorsFile::close);
    }
}
