package athanor.plan;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The family of a base on the disk, from the few numbers that tell the families apart: the channels of its UNet's levels and how long
 * its words are. Where they are none of these the base may be a good one; its memory was not counted.
 */
public final class BaseShape {

    private static final long LONGEST_HEADER = 100L << 20;

    private BaseShape() {}

    /**
     * @param channels of the UNet's levels, the finest first
     * @param wordChannels length of an encoded word, {@code cross_attention_dim}
     */
    public static Optional<BaseFamily> family(List<Integer> channels, int wordChannels) {
        if (channels.equals(List.of(320, 640, 1280, 1280))) {
            return switch (wordChannels) {
                case 768 -> Optional.of(BaseFamily.SD1);
                case 1024 -> Optional.of(BaseFamily.SD2);
                default -> Optional.empty();
            };
        }
        if (channels.equals(List.of(320, 640, 1280)) && wordChannels == 2048) {
            return Optional.of(BaseFamily.SDXL);
        }
        return channels.equals(List.of(48, 96, 128)) && wordChannels == 96
                ? Optional.of(BaseFamily.TINY)
                : Optional.empty();
    }

    /**
     * @param base a diffusers folder or a single .safetensors file
     * @throws IllegalArgumentException with a sentence where there is none, or none of a family that was counted
     */
    public static BaseFamily read(Path base) {
        try {
            Optional<BaseFamily> family = Files.isDirectory(base) ? ofFolder(base) : ofFile(base);
            return family.orElseThrow(() -> new IllegalArgumentException(
                    "%s has a shape whose memory was not counted; bases of SD 1.x, SD 2.x, SDXL and the tiny base can be planned for, others with --family"
                            .formatted(base)));
        } catch (IOException | JsonException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read as a base model: %s; name a diffusers folder or a .safetensors file"
                            .formatted(base, e.getMessage()),
                    e);
        }
    }

    private static Optional<BaseFamily> ofFolder(Path folder) throws IOException {
        Path config = folder.resolve("unet/config.json");
        if (!Files.isRegularFile(config)) {
            throw new IOException("there is no unet/config.json");
        }
        Map<?, ?> entries = Json.read(Files.readString(config), Map.class);
        List<Integer> channels = entries.get("block_out_channels") instanceof List<?> list
                ? list.stream().map(Integer.class::cast).toList()
                : List.of();
        return entries.get("cross_attention_dim") instanceof Integer words ? family(channels, words) : Optional.empty();
    }

    /** Single files carry no configuration; the attention to the words has it in its shapes. */
    private static Optional<BaseFamily> ofFile(Path file) throws IOException {
        Map<?, ?> tensors = Json.read(header(file), Map.class);
        if (inputs(tensors, "model.diffusion_model.input_blocks.0.0.weight", 0) != 320) {
            return Optional.empty();
        }
        String words = "model.diffusion_model.input_blocks.%d.1.transformer_blocks.0.attn2.to_k.weight";
        return switch (Math.max(inputs(tensors, words.formatted(1), 1), inputs(tensors, words.formatted(4), 1))) {
            case 768 -> Optional.of(BaseFamily.SD1);
            case 1024 -> Optional.of(BaseFamily.SD2);
            case 2048 -> Optional.of(BaseFamily.SDXL);
            default -> Optional.empty();
        };
    }

    private static int inputs(Map<?, ?> tensors, String name, int dimension) {
        return tensors.get(name) instanceof Map<?, ?> tensor
                        && tensor.get("shape") instanceof List<?> shape
                        && shape.size() > dimension
                        && shape.get(dimension) instanceof Integer side
                ? side
                : 0;
    }

    private static String header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DataInputStream data = new DataInputStream(in)) {
            long length = Long.reverseBytes(data.readLong());
            if (length < 2 || length > LONGEST_HEADER) {
                throw new IOException("it does not begin like a safetensors file");
            }
            return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        }
    }
}
