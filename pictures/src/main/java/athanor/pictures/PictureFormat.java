package athanor.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** Formats that can be read, told apart by their first bytes; names and content types lie. */
public enum PictureFormat {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    TIFF("image/tiff"),
    BMP("image/bmp"),
    GIF("image/gif");

    private final String contentType;

    PictureFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    static Optional<PictureFormat> of(byte[] bytes) {
        String start = start(bytes, 16);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*") || start.startsWith("II+\0")) {
            return Optional.of(TIFF);
        }
        if (start.startsWith("BM")) {
            return Optional.of(BMP);
        }
        return start.startsWith("GIF87a") || start.startsWith("GIF89a") ? Optional.of(GIF) : Optional.empty();
    }

    /** What the bytes are when they are no picture that can be read, for the sentence to the uploader. */
    static String describe(byte[] bytes) {
        String start = start(bytes, 512);
        if (bytes.length == 0) {
            return "the file is empty; export it again";
        }
        if (start.startsWith("ftyp", 4)) {
            boolean video =
                    !start.substring(8, Math.min(start.length(), 40)).matches("(?s).*(hei|hev|mif1|avif|avis).*");
            return video
                    ? "this is a video; send still pictures as JPEG or PNG"
                    : "HEIC and AVIF cannot be read; export the picture as JPEG or PNG";
        }
        if (start.startsWith("\u0000\u0000\u0000\fJXL") || start.startsWith("\u00ff\n")) {
            return "JPEG XL cannot be read; export the picture as JPEG or PNG";
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return "this is a zip archive; unpack it and send the pictures one by one";
        }
        if (start.stripLeading().startsWith("<") && start.contains("svg")) {
            return "SVG drawings cannot be read; export it as PNG";
        }
        return "this is no picture; send JPEG, PNG, WebP, TIFF, BMP or GIF";
    }

    private static String start(byte[] bytes, int length) {
        return new String(bytes, 0, Math.min(length, bytes.length), ISO_8859_1);
    }
}
