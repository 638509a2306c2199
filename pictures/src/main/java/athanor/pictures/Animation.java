package athanor.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** Files that hold several pictures of equal standing: which one is meant, only the uploader knows. */
final class Animation {

    private static final int WEBP_MOVES = 2;

    private Animation() {}

    /** @param reader of the file, free to move back and forth in it */
    static boolean in(byte[] file, PictureFormat format, ImageReader reader) throws IOException {
        return switch (format) {
            case GIF -> reader.getNumImages(true) > 1;
            case WEBP ->
                Chunks.ofWebp(file, "VP8X")
                        .filter(flags -> flags.length > 0 && (flags[0] & WEBP_MOVES) != 0)
                        .isPresent();
            case PNG ->
                Chunks.ofPng(file, "acTL")
                        .filter(control -> control.length >= Integer.BYTES
                                && ByteBuffer.wrap(control).getInt() > 1)
                        .isPresent();
            // The further pictures of a TIFF are thumbnails or pages; the first is the one that every viewer shows.
            case JPEG, TIFF, BMP -> false;
        };
    }
}
