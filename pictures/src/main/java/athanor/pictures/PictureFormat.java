package athanor.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** Formats that can be read, the last two only where a program for them is installed; told apart by their first bytes; names and content types lie. */
public enum PictureFormat {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    TIFF("image/tiff"),
    BMP("image/bmp"),
    GIF("image/gif"),
    HEIC("image/heic"),
    AVIF("image/avif");

    private static final String CANON_RAW = "II*\0\u0010\0\0\0CR";
    private static final String RAW = "a RAW file of a camera";

    /** Of a container of media: its brands stand there. */
    public static final int MEDIA_START = 40;

    private static final Map<String, String> UNREADABLE = Map.ofEntries(
            Map.entry("8BPS", "a Photoshop document"),
            Map.entry("\0\0\0\fjP  ", "JPEG 2000"),
            Map.entry("\u00ff\u004f\u00ff\u0051", "JPEG 2000"),
            Map.entry("\0\0\0\fJXL", "JPEG XL"),
            Map.entry("\u00ff\n", "JPEG XL"),
            Map.entry(CANON_RAW, RAW),
            Map.entry("FUJIFILMCCD-RAW", RAW),
            Map.entry("IIU\0", RAW),
            Map.entry("IIRO", RAW),
            Map.entry("IIRS", RAW),
            Map.entry("MMOR", RAW),
            Map.entry("FOVb", RAW),
            Map.entry("\0MRM", RAW),
            Map.entry("%PDF", "a PDF document"));

    private final String contentType;

    PictureFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** Of those that are read by a decoder of ours. */
    public static Optional<PictureFormat> of(byte[] bytes) {
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
        if (start.startsWith(CANON_RAW)) {
            return Optional.empty(); // it has the form of a TIFF and holds one for a preview
        }
        if (start.startsWith("II*\0")
                || start.startsWith("MM\0*")
                || start.startsWith("II+\0")
                || start.startsWith("MM\0+")) {
            return Optional.of(TIFF);
        }
        if (start.startsWith("BM")) {
            return Optional.of(BMP);
        }
        return start.startsWith("GIF87a") || start.startsWith("GIF89a") ? Optional.of(GIF) : Optional.empty();
    }

    /** Why nothing is read from bytes that are of no format {@link #of} knows. */
    public static Verdict.Rejected refuse(byte[] bytes) {
        String start = start(bytes, 512);
        if (bytes.length == 0) {
            return noPicture("the file is empty; export it again");
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return noPicture("this is a zip archive; unpack it and send the pictures one by one");
        }
        if (start.stripLeading().startsWith("<") && start.contains("svg")) {
            return unsupported("SVG drawings cannot be read; export it as PNG");
        }
        if (start.startsWith("ftyp", 4)) {
            return refuseMedia(bytes);
        }
        for (Map.Entry<String, String> kind : UNREADABLE.entrySet()) {
            if (start.startsWith(kind.getKey())) {
                return unsupported(
                        "%s cannot be read here; export the picture as JPEG or PNG".formatted(kind.getValue()));
            }
        }
        return noPicture("this is no picture; send JPEG, PNG, WebP, TIFF, BMP or GIF");
    }

    /** HEIC or AVIF, which a program that may be installed makes readable. */
    public static Optional<PictureFormat> needingATool(byte[] bytes) {
        String start = start(bytes, MEDIA_START);
        if (!start.startsWith("ftyp", 4) || start.startsWith("crx ", 8)) {
            return Optional.empty();
        }
        String brands = start.substring(8);
        if (brands.matches("(?s).*(avif|avis).*")) {
            return Optional.of(AVIF);
        }
        return brands.matches("(?s).*(hei|hev|mif1).*") ? Optional.of(HEIC) : Optional.empty();
    }

    /** One container holds still pictures of telephones, RAW files and videos; the brands tell. */
    private static Verdict.Rejected refuseMedia(byte[] bytes) {
        if (start(bytes, MEDIA_START).startsWith("crx ", 8)) {
            return unsupported("a RAW file of a camera cannot be read here; export the picture as JPEG or PNG");
        }
        return needingATool(bytes)
                .map(format -> unsupported(
                        "%s is not read here, because heif-convert (libheif) is not installed; export the picture as JPEG or PNG"
                                .formatted(format)))
                .orElseGet(() -> noPicture("this is a video; send still pictures as JPEG or PNG"));
    }

    private static Verdict.Rejected noPicture(String sentence) {
        return new Verdict.Rejected(Verdict.Refusal.NO_PICTURE, sentence);
    }

    private static Verdict.Rejected unsupported(String sentence) {
        return new Verdict.Rejected(Verdict.Refusal.UNSUPPORTED, sentence);
    }

    private static String start(byte[] bytes, int length) {
        return new String(bytes, 0, Math.min(length, bytes.length), ISO_8859_1);
    }
}
