package athanor.diffusion.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file of any size, open for reading: eight bytes of little-endian header length, a JSON header, the
 * tensors' bytes. The header is checked as a whole when the file is opened; tensors are read when asked for, in
 * pieces of one mebibyte, so that a checkpoint never stands in Java's memory. Safe for several threads.
 *
 * <p>Format: <a href="https://github.com/huggingface/safetensors#format">huggingface/safetensors</a>.
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The reference implementation's own limit. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = 8;
    private static final int PIECE_BYTES = 1 << 20;

    private final String file;
    private final ByteSource source;
    private final SafetensorsHeader header;
    private final long dataStart;

    private SafetensorsFile(String file, ByteSource source, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.source = source;
        this.header = header;
        this.dataStart = dataStart;
    }

    public static SafetensorsFile open(Path path) throws SafetensorsException {
        String file = path.toString();
        if (!Files.isRegularFile(path)) {
            throw new SafetensorsException(
                    file, null, Files.exists(path) ? "no regular file" : "no such file", "a safetensors file");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return open(file, new ByteSource.InFile(channel, channel.size()));
        } catch (IOException e) {
            closeQuietly(channel);
            throw e instanceof SafetensorsException typed
                    ? typed
                    : new SafetensorsException(file, null, e, "a readable file");
        }
    }

    /** @param name how errors name these bytes */
    public static SafetensorsFile of(String name, byte[] bytes) throws SafetensorsException {
        try {
            return open(name, new ByteSource.InMemory(ByteBuffer.wrap(bytes)));
        } catch (IOException e) {
            throw e instanceof SafetensorsException typed
                    ? typed
                    : new SafetensorsException(name, null, e, "readable bytes");
        }
    }

    private static SafetensorsFile open(String file, ByteSource source) throws IOException {
        if (source.size() < LENGTH_BYTES) {
            throw new SafetensorsException(
                    file, null, "%d bytes".formatted(source.size()), "at least the 8 bytes of the header's length");
        }
        ByteBuffer length = littleEndian(LENGTH_BYTES);
        source.read(0, length);
        long headerBytes = length.getLong(0);
        long most = Math.min(MAX_HEADER_BYTES, source.size() - LENGTH_BYTES);
        if (headerBytes < 2 || headerBytes > most) {
            throw new SafetensorsException(
                    file,
                    null,
                    "a header length of %s bytes".formatted(Long.toUnsignedString(headerBytes)),
                    "2 to %d in a file of %d bytes (is it a safetensors file?)".formatted(most, source.size()));
        }
        byte[] json = new byte[(int) headerBytes];
        source.read(LENGTH_BYTES, ByteBuffer.wrap(json));
        long dataStart = LENGTH_BYTES + headerBytes;
        return new SafetensorsFile(
                file, source, SafetensorsHeader.parse(file, json, source.size() - dataStart), dataStart);
    }

    /** How errors name this file. */
    public String file() {
        return file;
    }

    /** In the order of the header. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    public Dtype dtype(String name) throws SafetensorsException {
        return entry(name).dtype();
    }

    public long[] shape(String name) throws SafetensorsException {
        return entry(name).shape().clone();
    }

    /**
     * Reads a tensor as floats, exactly where its type allows it (all but F64, I32 and I64).
     *
     * @param into has room for just this tensor; its position moves to its limit
     */
    public void readFloats(String name, FloatBuffer into) throws SafetensorsException {
        TensorEntry entry = entry(name);
        if (into.remaining() != entry.elements()) {
            throw new SafetensorsException(
                    file, name, "%d values".formatted(entry.elements()), "%d values".formatted(into.remaining()));
        }
        readFloats(name, 0, into);
    }

    /**
     * Reads some neighbouring values of a tensor.
     *
     * @param first the first value to read, counted in row-major order
     * @param into how many are read is its remaining room
     */
    public void readFloats(String name, long first, FloatBuffer into) throws SafetensorsException {
        TensorEntry entry = entry(name);
        if (first < 0 || first + into.remaining() > entry.elements()) {
            throw new SafetensorsException(
                    file,
                    name,
                    "%d values".formatted(entry.elements()),
                    "values %d to %d".formatted(first, first + into.remaining()));
        }
        Widening widening = Widening.of(entry.dtype());
        long begin = entry.begin() + first * entry.dtype().bytes();
        long end = begin + (long) into.remaining() * entry.dtype().bytes();
        ByteBuffer piece = littleEndian((int) Math.min(PIECE_BYTES, end - begin));
        for (long at = begin; at < end; at += PIECE_BYTES) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, end - at));
            read(entry, at, piece);
            widening.widen(piece, into);
        }
    }

    public FloatTensor floats(String name) throws SafetensorsException {
        TensorEntry entry = entry(name);
        float[] values = new float[arraySize(entry, entry.elements())];
        readFloats(name, FloatBuffer.wrap(values));
        return new FloatTensor(entry.shape().clone(), values);
    }

    /** Whole numbers (I64, I32, I16, I8, U8 or BOOL), for instance token ids. */
    public long[] longs(String name) throws SafetensorsException {
        TensorEntry entry = entry(name);
        if (entry.dtype().isFloat()) {
            throw new SafetensorsException(file, name, "dtype " + entry.dtype(), "whole numbers");
        }
        ByteBuffer bytes = raw(name);
        long[] values = new long[arraySize(entry, entry.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.dtype()) {
                case I64 -> bytes.getLong();
                case I32 -> bytes.getInt();
                case I16 -> bytes.getShort();
                case I8 -> bytes.get();
                default -> bytes.get() & 0xff;
            };
        }
        return values;
    }

    /** The tensor's bytes as they stand in the file, little-endian; at most 2 GiB. */
    public ByteBuffer raw(String name) throws SafetensorsException {
        TensorEntry entry = entry(name);
        ByteBuffer bytes = littleEndian(arraySize(entry, entry.bytes()));
        read(entry, entry.begin(), bytes);
        return bytes;
    }

    private TensorEntry entry(String name) throws SafetensorsException {
        TensorEntry entry = header.tensors().get(name);
        if (entry == null) {
            throw new SafetensorsException(
                    file,
                    name,
                    "no such tensor among %d".formatted(header.tensors().size()),
                    "this tensor");
        }
        return entry;
    }

    private int arraySize(TensorEntry entry, long count) throws SafetensorsException {
        if (count > Integer.MAX_VALUE - 8) {
            throw new SafetensorsException(file, entry.name(), count + " values", "what fits in a Java array");
        }
        return (int) count;
    }

    private void read(TensorEntry entry, long begin, ByteBuffer into) throws SafetensorsException {
        try {
            source.read(dataStart + begin, into);
        } catch (IOException e) {
            throw new SafetensorsException(file, entry.name(), e, "to read its bytes");
        }
        into.flip();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the first error is the one worth telling
            }
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            // nothing was written, so nothing is lost
        }
    }
}
