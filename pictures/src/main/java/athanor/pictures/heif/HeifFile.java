package athanor.pictures.heif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * What a HEIC or AVIF file says of itself before anybody decodes it: the boxes of ISO/IEC 23008-12 that hold sizes and colours.
 * Nothing that it claims makes this reader take more memory or more than one pass.
 */
final class HeifFile {

    private static final int BOX = 8;
    private static final int VERSION_AND_FLAGS = 4;
    private static final Set<String> FOLDERS = Set.of("iprp", "ipco");
    private static final Set<String> SEQUENCES = Set.of("avis", "hevc", "hevx", "msf1");

    private final PictureFormat format;
    private final ByteBuffer bytes;
    private int width;
    private int height;
    private int primaries;
    private int transfer;

    private HeifFile(PictureFormat format, byte[] start) {
        this.format = format;
        this.bytes = ByteBuffer.wrap(start);
    }

    /** @param start of the file, at least up to the end of its properties if it is an honest one */
    static HeifFile of(PictureFormat format, byte[] start) {
        HeifFile file = new HeifFile(format, start);
        file.walk(0, start.length);
        return file;
    }

    PictureFormat format() {
        return format;
    }

    /** Of the largest picture in it; 0 when it names no size. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** What the numbers mean where no profile says it; nothing when they are sRGB. */
    Optional<NamedColours> namedColours() {
        return NamedColours.of(primaries);
    }

    /** Why it is not given to anybody to decode. */
    Optional<Verdict.Rejected> refuse(PictureLimits limits) {
        if (bytes.limit() >= BOX + VERSION_AND_FLAGS && SEQUENCES.contains(word(BOX))) {
            return rejected(
                    Verdict.Refusal.ANIMATION, "this is an animation; save the one frame that is meant as JPEG or PNG");
        }
        if (width == 0) {
            return rejected(
                    Verdict.Refusal.DAMAGED,
                    "the %s file is damaged: it does not say how large its picture is; copy or export it again"
                            .formatted(format));
        }
        if (NamedColours.isHighDynamicRange(transfer)) {
            return rejected(
                    Verdict.Refusal.UNSUPPORTED,
                    "the %s picture is of high dynamic range, which is not read here; export it as JPEG or PNG"
                            .formatted(format));
        }
        return limits.refuse(width, height, true).map(sentence -> new Verdict.Rejected(Verdict.Refusal.SIZE, sentence));
    }

    private static Optional<Verdict.Rejected> rejected(Verdict.Refusal refusal, String sentence) {
        return Optional.of(new Verdict.Rejected(refusal, sentence));
    }

    /** Boxes stand one behind the other; only a few hold others. */
    private void walk(int from, int end) {
        int at = from;
        while (at + BOX <= end) {
            long length = Integer.toUnsignedLong(bytes.getInt(at));
            // 0 is up to the end; a length in eight bytes is only needed where pixels are, which come last.
            int next = length < BOX || at + length > end ? end : (int) (at + length);
            look(word(at + 4), at + BOX, next);
            at = next;
        }
    }

    private void look(String name, int body, int end) {
        if (name.equals("meta")) {
            walk(Math.min(end, body + VERSION_AND_FLAGS), end);
        } else if (FOLDERS.contains(name)) {
            walk(body, end);
        } else if (name.equals("ispe") && body + VERSION_AND_FLAGS + 8 <= end) {
            size(bytes.getInt(body + VERSION_AND_FLAGS), bytes.getInt(body + VERSION_AND_FLAGS + 4));
        } else if (name.equals("colr") && body + 8 <= end && word(body).equals("nclx")) {
            primaries = bytes.getShort(body + 4) & 0xffff;
            transfer = bytes.getShort(body + 6) & 0xffff;
        }
    }

    /** A negative one is beyond what any picture has, and larger than all limits. */
    private void size(int claimedWidth, int claimedHeight) {
        int wide = claimedWidth < 0 ? Integer.MAX_VALUE : claimedWidth;
        int high = claimedHeight < 0 ? Integer.MAX_VALUE : claimedHeight;
        if ((long) wide * high > (long) width * height) {
            width = wide;
            height = high;
        }
    }

    private String word(int at) {
        return new String(bytes.array(), at, 4, ISO_8859_1);
    }
}
