package athanor.diffusion.safetensors;

import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a safetensors file, believed only after every claim was checked: known dtype, shape times
 * element size equals the byte range, and all ranges together tile the data without hole or overlap.
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata) {

    private static final String METADATA = "__metadata__";

    /**
     * @param file how errors name the file
     * @param json the header's bytes, padding included
     * @param dataBytes how many bytes follow the header in the file
     */
    static SafetensorsHeader parse(String file, byte[] json, long dataBytes) throws SafetensorsException {
        Map<String, @Nullable Object> root;
        try {
            root = Json.parseObject(json);
        } catch (JsonException e) {
            throw new SafetensorsException(file, null, "a broken header: " + e.getMessage(), "a JSON object");
        }
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> field : root.entrySet()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
            } else {
                tensors.put(field.getKey(), readEntry(file, field.getKey(), field.getValue()));
            }
        }
        checkTiling(file, tensors, dataBytes);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static void readMetadata(String file, @Nullable Object value, Map<String, String> into)
            throws SafetensorsException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new SafetensorsException(file, null, METADATA + " that is no object", "strings by name");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw new SafetensorsException(
                        file, null, "metadata \"" + entry.getKey() + "\" that is no string", "a string");
            }
            into.put((String) entry.getKey(), text);
        }
    }

    private static TensorEntry readEntry(String file, String name, @Nullable Object value) throws SafetensorsException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new SafetensorsException(file, name, "no object", "dtype, shape and data_offsets");
        }
        Dtype dtype = readDtype(file, name, map.get("dtype"));
        long[] shape = readLongs(file, name, "shape", map.get("shape"));
        long[] offsets = readLongs(file, name, "data_offsets", map.get("data_offsets"));
        if (offsets.length != 2 || offsets[1] < offsets[0]) {
            throw new SafetensorsException(
                    file, name, "data_offsets " + Arrays.toString(offsets), "a first byte and one past the last");
        }
        long bytes = dtype.bytes();
        try {
            for (long side : shape) {
                bytes = Math.multiplyExact(bytes, side);
            }
        } catch (ArithmeticException e) {
            throw new SafetensorsException(
                    file, name, "shape " + Arrays.toString(shape), "a size that fits in 64 bits");
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw new SafetensorsException(
                    file,
                    name,
                    "%d bytes in data_offsets".formatted(offsets[1] - offsets[0]),
                    "%d bytes for %s %s".formatted(bytes, dtype, Arrays.toString(shape)));
        }
        return new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static Dtype readDtype(String file, String name, @Nullable Object value) throws SafetensorsException {
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(value)) {
                return dtype;
            }
        }
        throw new SafetensorsException(file, name, "dtype " + value, "one of " + Arrays.toString(Dtype.values()));
    }

    private static long[] readLongs(String file, String name, String field, @Nullable Object value)
            throws SafetensorsException {
        if (!(value instanceof List<?> list)) {
            throw new SafetensorsException(file, name, field + " that is no list", "a list of whole numbers");
        }
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Long number) || number < 0) {
                throw new SafetensorsException(
                        file, name, field + " with the entry " + list.get(i), "whole numbers from 0 up");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private static void checkTiling(String file, Map<String, TensorEntry> tensors, long dataBytes)
            throws SafetensorsException {
        List<TensorEntry> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        long expected = 0;
        for (TensorEntry entry : inOrder) {
            if (entry.begin() != expected) {
                throw new SafetensorsException(
                        file,
                        entry.name(),
                        "data from byte %d (%s)"
                                .formatted(entry.begin(), entry.begin() > expected ? "a hole" : "an overlap"),
                        "from byte " + expected);
            }
            expected = entry.end();
        }
        if (expected != dataBytes) {
            throw new SafetensorsException(
                    file,
                    null,
                    "%d bytes of data (%s)".formatted(dataBytes, dataBytes < expected ? "truncated" : "too long"),
                    "%d bytes as the header says".formatted(expected));
        }
    }
}
