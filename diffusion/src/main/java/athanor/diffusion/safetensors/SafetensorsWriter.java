package athanor.diffusion.safetensors;

import athanor.diffusion.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a safetensors file: tensors and metadata in the order they were added, the header padded with spaces so that
 * the data starts at a multiple of eight bytes. The same calls give the same bytes.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final int LENGTH_BYTES = 8;
    private static final int PIECE_BYTES = 1 << 16;
    private static final int LARGEST_ELEMENT = 8;

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tensor(Dtype dtype, long[] shape, Encoder encoder, int elements) {
        long bytes() {
            return (long) elements * dtype.bytes();
        }
    }

    @FunctionalInterface
    private interface Encoder {
        void put(int index, ByteBuffer into);
    }

    /** @param dtype F32, F16 or BF16; narrowing rounds to the nearest, ties to even */
    public SafetensorsWriter add(String name, long[] shape, float[] values, Dtype dtype) {
        Encoder encoder = switch (dtype) {
            case F32 -> (i, into) -> into.putFloat(values[i]);
            case F16 -> (i, into) -> into.putShort(HalfFloat.fromFloat(values[i]));
            case BF16 -> (i, into) -> into.putShort(HalfFloat.bfloat16FromFloat(values[i]));
            default -> throw new IllegalArgumentException("floats are written as F32, F16 or BF16, not " + dtype);
        };
        return add(name, new Tensor(dtype, shape.clone(), encoder, values.length));
    }

    public SafetensorsWriter add(String name, FloatTensor tensor, Dtype dtype) {
        return add(name, tensor.shape(), tensor.values(), dtype);
    }

    public SafetensorsWriter addLongs(String name, long[] shape, long[] values) {
        return add(name, new Tensor(Dtype.I64, shape.clone(), (i, into) -> into.putLong(values[i]), values.length));
    }

    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    private SafetensorsWriter add(String name, Tensor tensor) {
        long wanted = Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
        if (wanted != tensor.elements()) {
            throw new IllegalArgumentException("tensor \"%s\" of shape %s has %d values, got %d"
                    .formatted(name, Arrays.toString(tensor.shape()), wanted, tensor.elements()));
        }
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("tensor \"%s\" was added before".formatted(name));
        }
        return this;
    }

    /** Writes beside the target first, so that no reader ever sees half a file. */
    public void write(Path target) throws IOException {
        Path half = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (InputStream file = open();
                    OutputStream out = Files.newOutputStream(half)) {
                file.transferTo(out);
            }
            Files.move(half, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(half);
            throw e;
        }
    }

    private static void deleteQuietly(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            // the first error is the one worth telling
        }
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[Math.toIntExact(length())];
        try (InputStream file = open()) {
            int read = file.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length) {
                throw new IllegalStateException("a file of %d bytes came to %d".formatted(bytes.length, read));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Bytes of the whole file. */
    public long length() {
        return LENGTH_BYTES
                + header().length
                + tensors.values().stream().mapToLong(Tensor::bytes).sum();
    }

    /** The file as a stream that encodes as it is read, so that beside the tensors only a piece stands in memory. */
    public InputStream open() {
        byte[] header = header();
        byte[] start = littleEndian(LENGTH_BYTES + header.length)
                .putLong(header.length)
                .put(header)
                .array();
        return new Encoding(start, List.copyOf(tensors.values()));
    }

    private static final class Encoding extends InputStream {

        private final List<Tensor> tensors;
        private ByteBuffer piece;
        private int tensor;
        private int element;

        Encoding(byte[] start, List<Tensor> tensors) {
            this.piece = ByteBuffer.wrap(start);
            this.tensors = tensors;
        }

        @Override
        public int read() {
            return more() ? piece.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (!more()) {
                return -1;
            }
            int count = Math.min(most, piece.remaining());
            piece.get(into, from, count);
            return count;
        }

        private boolean more() {
            while (!piece.hasRemaining() && tensor < tensors.size()) {
                encodeNext();
            }
            return piece.hasRemaining();
        }

        private void encodeNext() {
            piece = piece.capacity() == PIECE_BYTES ? piece.clear() : littleEndian(PIECE_BYTES);
            Tensor current = tensors.get(tensor);
            while (element < current.elements() && piece.remaining() >= LARGEST_ELEMENT) {
                current.encoder().put(element++, piece);
            }
            piece.flip();
            if (element == current.elements()) {
                tensor++;
                element = 0;
            }
        }
    }

    private byte[] header() {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            json.append("\"__metadata__\":")
                    .append(metadata.entrySet().stream()
                            .map(entry -> JsonText.quote(entry.getKey()) + ":" + JsonText.quote(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}")));
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.bytes();
            json.append(json.length() > 1 ? "," : "")
                    .append(JsonText.quote(entry.getKey()))
                    .append(":{\"dtype\":\"")
                    .append(tensor.dtype())
                    .append("\",\"shape\":")
                    .append(Arrays.toString(tensor.shape()).replace(" ", ""))
                    .append(",\"data_offsets\":[%d,%d]}".formatted(offset, end));
            offset = end;
        }
        byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        return padded;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
