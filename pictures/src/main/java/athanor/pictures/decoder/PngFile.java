package athanor.pictures.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG: those that make the picture are checked and kept, text and the rest is left out. */
final class PngFile {

    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int SIGNATURE = 8;
    private static final int NAME = 4;
    private static final int CHECKSUM = 4;
    private static final int LARGEST_PROFILE = 4 << 20;

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final ByteArrayOutputStream kept;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte @Nullable [] profile;
    private byte @Nullable [] gamma;
    private byte @Nullable [] primaries;
    private boolean srgb;
    private int sampleBytes;
    private boolean interlaced;

    private PngFile(byte[] bytes) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes);
        this.kept = new ByteArrayOutputStream(bytes.length);
    }

    static Contents contents(byte[] bytes) throws RefusedException {
        return new PngFile(bytes).walk();
    }

    private Contents walk() throws RefusedException {
        kept.write(bytes, 0, SIGNATURE);
        String name = "";
        int at = SIGNATURE;
        while (!name.equals("IEND")) {
            if (at + Integer.BYTES + NAME + CHECKSUM > bytes.length) {
                throw RefusedException.damaged(PictureFormat.PNG, "it ends in the middle of the picture");
            }
            long length = Integer.toUnsignedLong(numbers.getInt(at));
            name = new String(bytes, at + Integer.BYTES, NAME, ISO_8859_1);
            int body = at + Integer.BYTES + NAME;
            if (body + length + CHECKSUM > bytes.length) {
                throw RefusedException.damaged(PictureFormat.PNG, "it ends in the middle of the picture");
            }
            int end = body + (int) length;
            if (KEPT.contains(name)) {
                check(at + Integer.BYTES, end);
                kept.write(bytes, at, end + CHECKSUM - at);
            }
            look(name, body, end);
            at = end + CHECKSUM;
        }
        return new Contents(
                PictureFormat.PNG,
                kept.toByteArray(),
                orientation,
                profile,
                srgb ? null : PngGamma.of(gamma, primaries).orElse(null),
                sampleBytes,
                interlaced,
                Contents.NO_UNITS,
                List.of());
    }

    private void check(int from, int end) throws RefusedException {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, end - from);
        if ((int) sum.getValue() != numbers.getInt(end)) {
            throw RefusedException.damaged(PictureFormat.PNG, "a checksum does not fit its data");
        }
    }

    private void look(String name, int body, int end) throws RefusedException {
        int length = end - body;
        if (name.equals("IHDR") && length >= 13) {
            // bits a sample, and 0 grey, 2 colour, 3 palette, 4 grey and 6 colour with transparency
            int samples = switch (bytes[body + 9]) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
            sampleBytes = samples * (bytes[body + 8] > 8 ? 2 : 1);
            interlaced = bytes[body + 12] != 0;
        } else if (name.equals("acTL") && length >= Integer.BYTES && numbers.getInt(body) > 1) {
            throw RefusedException.because(Verdict.Refusal.ANIMATION, GifFile.ANIMATION);
        } else if (name.equals("eXIf")) {
            orientation = Orientation.in(bytes, body, end);
        } else if (name.equals("iCCP")) {
            profile = inflated(body, end);
        } else if (name.equals("gAMA")) {
            gamma = Arrays.copyOfRange(bytes, body, end);
        } else if (name.equals("cHRM")) {
            primaries = Arrays.copyOfRange(bytes, body, end);
        } else if (name.equals("sRGB")) {
            srgb = true;
        }
    }

    /** Name, zero, compression method, then the deflated profile. */
    private byte[] inflated(int body, int end) {
        int start = body;
        while (start < end && bytes[start] != 0) {
            start++;
        }
        start = Math.min(end, start + 2);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, start, end - start);
            byte[] inflated = new byte[LARGEST_PROFILE];
            int length = 0;
            int got;
            while (length < inflated.length
                    && (got = inflater.inflate(inflated, length, inflated.length - length)) > 0) {
                length += got;
            }
            return Arrays.copyOf(inflated, length);
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
