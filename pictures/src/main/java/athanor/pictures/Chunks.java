package athanor.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Finds one chunk in a PNG or WebP file without decoding the others. Whatever the bytes are, nothing is thrown. */
final class Chunks {

    private static final int PNG_SIGNATURE = 8;
    private static final int WEBP_HEADER = 12;
    private static final int NAME = 4;
    private static final int PNG_CHECKSUM = 4;

    private Chunks() {}

    /** PNG: length, name, body, checksum. */
    static Optional<byte[]> ofPng(byte[] file, String name) {
        return find(file, name, PNG_SIGNATURE, true);
    }

    /** RIFF: name, length from its low end, body, filled up to an even length. */
    static Optional<byte[]> ofWebp(byte[] file, String name) {
        return find(file, name, WEBP_HEADER, false);
    }

    private static Optional<byte[]> find(byte[] file, String name, int start, boolean png) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(png ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long at = start;
        while (at + NAME + Integer.BYTES <= file.length) {
            int begin = (int) at;
            long length = Integer.toUnsignedLong(bytes.getInt(png ? begin : begin + NAME));
            String found = new String(file, png ? begin + Integer.BYTES : begin, NAME, ISO_8859_1);
            int body = begin + NAME + Integer.BYTES;
            if (body + length > file.length) {
                return Optional.empty();
            }
            if (found.equals(name)) {
                return Optional.of(Arrays.copyOfRange(file, body, body + (int) length));
            }
            at = body + length + (png ? PNG_CHECKSUM : length % 2);
        }
        return Optional.empty();
    }
}
