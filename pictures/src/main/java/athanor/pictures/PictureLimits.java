package athanor.pictures;

import java.util.Optional;

/**
 * What is refused before a single pixel is decoded. A file of 200 bytes can claim ten thousand megapixels.
 *
 * @param bytes of the file
 * @param pixels width times height
 * @param wholePixels the same where the decoder keeps all of the picture at once: progressive JPEG, interlaced PNG, WebP that is
 *     lossless or transparent
 * @param longSide pixels
 * @param shortSide pixels that the shorter side has at least
 * @param aspect longer side divided by shorter side
 */
public record PictureLimits(long bytes, long pixels, long wholePixels, int longSide, int shortSide, double aspect) {

    private static final String OF_SUCH_FILES =
            " of progressive JPEG, interlaced PNG and lossless or transparent WebP; save it as an ordinary JPEG, or scale it down";

    /** A file of 40 MB, 100 megapixels, no strips. */
    public static PictureLimits standard() {
        return new PictureLimits(40L << 20, 100_000_000, 50_000_000, 16_384, 32, 6);
    }

    /** The same for pictures that were cut to a bucket before: however small or narrow. */
    public PictureLimits ofAnyShape() {
        return new PictureLimits(bytes, pixels, wholePixels, longSide, 1, longSide);
    }

    /**
     * @param fileBytes of the file
     * @return a sentence, or nothing when the file may be read
     */
    public Optional<String> refuse(long fileBytes) {
        return fileBytes <= bytes
                ? Optional.empty()
                : Optional.of("the file has %s MB, at most %.0f are read; save it smaller"
                        .formatted(megabytes(fileBytes), bytes / 1048576.0));
    }

    /** Of a longer file in an archive no more is unpacked than shows that it is too long. */
    private String megabytes(long fileBytes) {
        return fileBytes - bytes < 1 << 20
                ? "more than %.0f".formatted(bytes / 1048576.0)
                : "%.1f".formatted(fileBytes / 1048576.0);
    }

    /**
     * @param keptWhole the decoder keeps all of the picture at once
     * @return a sentence, or nothing when the file may be decoded
     */
    public Optional<String> refuse(int width, int height, boolean keptWhole) {
        long size = (long) width * height;
        long most = keptWhole ? wholePixels : pixels;
        if (size > most) {
            return Optional.of("the picture has %d x %d pixels, more than the %.0f megapixels that are decoded here%s"
                    .formatted(width, height, most / 1e6, size > pixels ? "; scale it down" : OF_SUCH_FILES));
        }
        if (Math.max(width, height) > longSide) {
            return Optional.of("the picture has %d x %d pixels, a side may have %d; scale it down"
                    .formatted(width, height, longSide));
        }
        if (Math.min(width, height) < shortSide) {
            return Optional.of("the picture has only %d x %d pixels; send the original, each side needs %d"
                    .formatted(width, height, shortSide));
        }
        if (Math.max(width, height) > aspect * Math.min(width, height)) {
            return Optional.of("the picture is a strip of %d x %d pixels; cut it to at most %.0f to 1"
                    .formatted(width, height, aspect));
        }
        return Optional.empty();
    }
}
