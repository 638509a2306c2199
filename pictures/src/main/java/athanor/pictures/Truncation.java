package athanor.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Cuts that a decoder does not notice: a lossless WebP without its end is decoded in silence. */
final class Truncation {

    private static final int RIFF_HEADER = 8;

    private Truncation() {}

    static Optional<String> of(byte[] bytes, PictureFormat format) {
        if (format != PictureFormat.WEBP) {
            return Optional.empty();
        }
        long claimed = Integer.toUnsignedLong(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                + RIFF_HEADER;
        return claimed <= bytes.length
                ? Optional.empty()
                : Optional.of("the WEBP file is cut short: it claims %d bytes and has %d; copy it again"
                        .formatted(claimed, bytes.length));
    }
}
