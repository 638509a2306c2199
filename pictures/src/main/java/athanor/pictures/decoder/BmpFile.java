package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/** The header of a BMP, which may wrap files of other kinds. */
final class BmpFile {

    /** Of Windows 2.0, 3.0, 4.0 and 5.0, and the two that Photoshop writes; the others are OS/2's. */
    private static final Set<Integer> WINDOWS_HEADERS = Set.of(12, 40, 52, 56, 108, 124);

    private static final Set<Integer> BITS_A_PIXEL = Set.of(1, 4, 8, 16, 24, 32);

    private static final int OLDEST_HEADER = 12;
    private static final int BIT_FIELDS = 3;
    private static final int WRAPPED_JPEG = 4;
    private static final int WRAPPED_PNG = 5;

    private BmpFile() {}

    static Contents contents(byte[] bytes) throws RefusedException {
        if (bytes.length < 54) {
            throw RefusedException.damaged(PictureFormat.BMP, "it ends in the middle of its header");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = header.getInt(14);
        if (!WINDOWS_HEADERS.contains(size)) {
            throw RefusedException.unsupported("a BMP of OS/2 or of another unusual kind");
        }
        int compression = size == OLDEST_HEADER ? 0 : header.getInt(30);
        if (compression == WRAPPED_JPEG || compression == WRAPPED_PNG) {
            throw RefusedException.unsupported("a BMP around a file of another kind");
        }
        int bits = header.getShort(size == OLDEST_HEADER ? 24 : 28);
        if (compression < 0 || compression > BIT_FIELDS || !BITS_A_PIXEL.contains(bits)) {
            throw RefusedException.unsupported(
                    "a BMP of %d bits a pixel in this form (number %d)".formatted(bits, compression));
        }
        return new Contents(
                PictureFormat.BMP, bytes, Orientation.UPRIGHT, null, null, 4, false, Contents.NO_UNITS, List.of());
    }
}
