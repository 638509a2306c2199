package athanor.diffusion.lora;

import athanor.diffusion.lora.LoraNaming.Factor;
import athanor.diffusion.lora.LoraNaming.Meaning;
import athanor.diffusion.lora.LoraNaming.OtherKind;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.PickledFiles;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A LoRA as a file: its layers under kohya's keys, and its metadata. Files of other authors are read in their naming;
 * which layer of a base a key means is for {@link LoraKeys#spellings} to say.
 */
public final class LoraFile {

    private final List<LoraLayer> layers;
    private final Map<String, String> metadata;
    private final List<String> leftOut;

    private LoraFile(List<LoraLayer> layers, Map<String, String> metadata, List<String> leftOut) {
        this.layers = List.copyOf(layers);
        this.metadata = Map.copyOf(metadata);
        this.leftOut = leftOut;
    }

    public static LoraFile of(List<LoraLayer> layers, Map<String, String> metadata) {
        return new LoraFile(layers, metadata, List.of());
    }

    /** @throws LoraFileException when it is no LoRA, or of a kind that is not read here */
    public static LoraFile read(Path path) {
        if (PickledFiles.isOne(path.toString())) {
            throw new LoraFileException(
                    "%s: found a pickled file, which can run code when it is opened, wanted .safetensors; convert it"
                            .formatted(path));
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return read(file);
        } catch (SafetensorsException e) {
            throw new LoraFileException(e.getMessage(), e);
        }
    }

    /** @param name how errors name these bytes */
    public static LoraFile read(String name, byte[] bytes) {
        try (SafetensorsFile file = SafetensorsFile.of(name, bytes)) {
            return read(file);
        } catch (SafetensorsException e) {
            throw new LoraFileException(e.getMessage(), e);
        }
    }

    private static LoraFile read(SafetensorsFile file) throws SafetensorsException {
        Map<String, Map<Factor, String>> byKey = new LinkedHashMap<>();
        LeftOut leftOut = new LeftOut();
        for (String name : file.names()) {
            OtherKind otherKind = LoraNaming.otherKind(name);
            Meaning meaning = LoraNaming.meaning(name);
            String embedding = LoraNaming.bundledEmbedding(name);
            if (embedding != null) {
                leftOut.embedding(embedding);
            } else if (otherKind != null) {
                leftOut.layer(otherKind, name);
            } else if (meaning == null) {
                leftOut.unknown(name);
            } else {
                String other = byKey.computeIfAbsent(meaning.key(), key -> new EnumMap<>(Factor.class))
                        .put(meaning.factor(), name);
                if (other != null) {
                    throw new LoraFileException("%s: found \"%s\" and \"%s\" for one layer, wanted one of them"
                            .formatted(file.file(), other, name));
                }
            }
        }
        byKey.keySet().removeAll(leftOut.layers()); // with half of what it is made of, a layer would be another one
        if (byKey.isEmpty()) {
            throw new LoraFileException("%s: %s".formatted(file.file(), leftOut.refusal(file.names())));
        }
        AdapterConfig config = AdapterConfig.of(file);
        List<LoraLayer> layers = new ArrayList<>();
        for (Map.Entry<String, Map<Factor, String>> entry : byKey.entrySet()) {
            layers.add(layer(file, entry.getKey(), entry.getValue(), config));
        }
        return new LoraFile(layers, file.metadata(), leftOut.sentences());
    }

    private static LoraLayer layer(SafetensorsFile file, String key, Map<Factor, String> names, AdapterConfig config)
            throws SafetensorsException {
        String downName = factor(file, key, names.get(Factor.DOWN), "lora_down");
        FloatTensor down = finite(file, downName);
        FloatTensor up = finite(file, factor(file, key, names.get(Factor.UP), "lora_up"));
        float rank = down.shape().length == 0 ? 0 : down.shape()[0];
        float alpha = alpha(file, names.get(Factor.ALPHA), downName, rank, config);
        try {
            return new LoraLayer(key, down, up, alpha);
        } catch (LoraFileException e) {
            throw new LoraFileException("%s: %s".formatted(file.file(), e.getMessage()), e);
        }
    }

    private static String factor(SafetensorsFile file, String key, @Nullable String name, String what)
            throws SafetensorsException {
        if (name == null) {
            throw new LoraFileException(
                    "%s: layer %s: found no %s, wanted both factors".formatted(file.file(), key, what));
        }
        if (!file.dtype(name).isFloat()) {
            throw new LoraFileException("%s: tensor \"%s\": found dtype %s, wanted F64, F32, F16 or BF16"
                    .formatted(file.file(), name, file.dtype(name)));
        }
        return name;
    }

    private static FloatTensor finite(SafetensorsFile file, String name) throws SafetensorsException {
        FloatTensor tensor = file.floats(name);
        for (int i = 0; i < tensor.values().length; i++) {
            float value = tensor.values()[i];
            if (!Float.isFinite(value)) {
                throw new LoraFileException(
                        "%s: tensor \"%s\": found %s at element %d, wanted finite numbers; its training diverged or the file is damaged"
                                .formatted(file.file(), name, Float.isNaN(value) ? "NaN" : "infinity", i));
            }
        }
        return tensor;
    }

    /** A tensor of its own, where 0 means the rank, as none does; else what the metadata say. */
    private static float alpha(
            SafetensorsFile file, @Nullable String name, String downName, float rank, AdapterConfig config)
            throws SafetensorsException {
        if (name == null) {
            Meaning down = LoraNaming.meaning(downName);
            Float told = down == null ? null : config.alpha(down.module(), rank);
            return told == null ? rank : told;
        }
        FloatTensor tensor = finite(file, name);
        if (tensor.values().length != 1) {
            throw new LoraFileException("%s: tensor \"%s\": found %d values, wanted one number"
                    .formatted(file.file(), name, tensor.values().length));
        }
        return tensor.values()[0] == 0 ? rank : tensor.values()[0];
    }

    public List<LoraLayer> layers() {
        return layers;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** What else is in the file and not used, a sentence each. */
    public List<String> leftOut() {
        return leftOut;
    }

    public LoraFile withMetadata(Map<String, String> replaced) {
        return new LoraFile(layers, replaced, leftOut);
    }

    /**
     * As kohya's trainer writes it, hashes included ({@link LoraHashes}).
     *
     * @param dtype F16 or F32 (or BF16, which some programs do not read)
     */
    public byte[] toBytes(Dtype dtype) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.keySet().removeIf(key -> key.startsWith("sshs_"));
        all.remove(AdapterConfig.KEY); // the alphas are tensors now, and diffusers refuses a file that has both
        all.putAll(LoraHashes.of(bytes(dtype, LoraHashes.relevant(all))));
        return bytes(dtype, all);
    }

    private byte[] bytes(Dtype dtype, Map<String, String> withMetadata) {
        SafetensorsWriter writer = new SafetensorsWriter();
        withMetadata.forEach(writer::metadata);
        Map<String, FloatTensor> tensors = new TreeMap<>(); // the order of the reference's writer: by name
        for (LoraLayer layer : layers) {
            tensors.put(layer.key() + ".alpha", FloatTensor.scalar(layer.alpha()));
            tensors.put(layer.key() + ".lora_down.weight", layer.down());
            tensors.put(layer.key() + ".lora_up.weight", layer.up());
        }
        tensors.forEach((name, tensor) -> writer.add(name, tensor, dtype));
        return writer.toBytes();
    }
}
