package athanor.sample.guard;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The {@code __metadata__} of a safetensors file, read without looking at its tensors. */
public final class LoraMetadata {

    private LoraMetadata() {}

    /** Empty when there is none or the header cannot be read; whoever applies the LoRA will say what is wrong with it. */
    public static Map<String, String> of(byte[] file) {
        if (file.length < Long.BYTES) {
            return Map.of();
        }
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header < 2 || header > file.length - Long.BYTES) {
            return Map.of();
        }
        byte[] json = Arrays.copyOfRange(file, Long.BYTES, Long.BYTES + (int) header);
        Map<String, String> metadata = new HashMap<>();
        try {
            if (Json.read(json, Map.class).get("__metadata__") instanceof Map<?, ?> entries) {
                entries.forEach((key, value) -> metadata.put(String.valueOf(key), String.valueOf(value)));
            }
        } catch (JsonException e) {
            return Map.of();
        }
        return metadata;
    }
}
