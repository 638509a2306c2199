package athanor.pictures.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The segments of a JPEG (ITU T.81, annex B): tables, frame and scans are kept, notes are read or left out. */
final class JpegFile {

    private static final int MARKER = 0xff;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int PROGRESSIVE = 0xc2;
    private static final int LOSSLESS = 0xc3;

    private static final int BLOCK = 8;

    /** A progressive JPEG has about ten; each costs a pass over all of the picture. */
    private static final int MOST_SCANS = 100;

    private static final String EXIF = "Exif\0\0";
    private static final String PROFILE = "ICC_PROFILE\0";
    private static final int LARGEST_PROFILE = 16 << 20;

    private final byte[] bytes;
    private final ByteArrayOutputStream kept;
    private final ByteArrayOutputStream profileSegments = new ByteArrayOutputStream();
    private final TreeMap<Integer, byte[]> profileParts = new TreeMap<>();
    private int profileBytes;
    private @Nullable Orientation orientation;
    private int frame;
    private int components;
    private int unit;
    private int scans;
    private boolean rubbish;
    private boolean ended;

    private JpegFile(byte[] bytes) {
        this.bytes = bytes;
        this.kept = new ByteArrayOutputStream(bytes.length);
    }

    static Contents contents(byte[] bytes) throws RefusedException {
        return new JpegFile(bytes).walk();
    }

    private Contents walk() throws RefusedException {
        kept.write(bytes, 0, 2);
        int at = 2;
        while (!ended && at < bytes.length) {
            int next = marker(at);
            if (scans > 0) {
                kept.write(bytes, at, next - at); // entropy-coded data, or rubbish for the decoder to complain of
            } else {
                rubbish |= !isFilling(at, next);
            }
            if (next + 1 >= bytes.length) {
                break;
            }
            at = segment(next);
        }
        if (frame == 0) {
            throw RefusedException.damaged(PictureFormat.JPEG, "it holds no picture");
        }
        if (!ended) {
            throw RefusedException.damaged(PictureFormat.JPEG, "it ends in the middle of the picture");
        }
        List<Verdict.Remark> remarks = new ArrayList<>();
        if (rubbish) {
            remarks.add(new Verdict.Remark(
                    Verdict.Remark.About.DAMAGE,
                    "bytes that belong to nothing lie before the picture and were left out; look whether it is whole"));
        }
        byte[] profile = profile();
        byte[] file = kept.toByteArray();
        if (components == 4) {
            // What four inks look like only their profile knows; the decoder applies it.
            if (profile != null && ColourProfile.wellFormed(profile)) {
                file = withProfile(file);
            } else if (profile != null) {
                remarks.add(ColourProfile.BROKEN);
            }
            profile = null;
        }
        return new Contents(
                PictureFormat.JPEG,
                file,
                orientation == null ? Orientation.UPRIGHT : orientation,
                profile,
                null,
                sampleBytes(),
                frame == PROGRESSIVE,
                frame == LOSSLESS ? Contents.NO_UNITS : unit,
                remarks);
    }

    /** Before a marker there may be any number of its first byte. */
    private boolean isFilling(int from, int to) {
        for (int at = from; at < to; at++) {
            if (unsigned(at) != MARKER) {
                return false;
            }
        }
        return true;
    }

    /** The decoder keeps inks beside the colours that it makes of them. */
    private int sampleBytes() {
        return switch (components) {
            case 1 -> 1;
            case 4 -> 8;
            default -> 3;
        };
    }

    /** Position of the next marker that is not part of entropy-coded data. */
    private int marker(int from) {
        int at = from;
        while (at + 1 < bytes.length) {
            int code = unsigned(at + 1);
            boolean insideData = code == 0 || code >= 0xd0 && code <= 0xd7 || code == MARKER;
            if (unsigned(at) == MARKER && !insideData) {
                return at;
            }
            at++;
        }
        return bytes.length;
    }

    /** @return position behind the segment */
    private int segment(int at) throws RefusedException {
        int code = unsigned(at + 1);
        if (code == END_OF_IMAGE) {
            kept.write(bytes, at, 2);
            ended = true;
            return at + 2;
        }
        if (code == START_OF_IMAGE || code == 0x01) {
            return at + 2;
        }
        if (at + 4 > bytes.length) {
            return bytes.length;
        }
        int end = at + 2 + (unsigned(at + 2) << 8 | unsigned(at + 3));
        if (end > bytes.length) {
            return bytes.length;
        }
        if (code == APP1) {
            exif(at + 4, end);
        } else if (code == APP2) {
            profilePart(at, end);
        } else if (code == COMMENT || code > APP0 && code <= APP15 && code != APP14) {
            return end;
        } else {
            if (startsFrame(code)) {
                frame(code, at, end);
            } else if (code == START_OF_SCAN && ++scans > MOST_SCANS) {
                throw RefusedException.because(
                        Verdict.Refusal.UNSUPPORTED,
                        "the JPEG draws its picture in more than %d passes, which would take minutes; save it again as an ordinary JPEG"
                                .formatted(MOST_SCANS));
            }
            kept.write(bytes, at, end - at);
        }
        return end;
    }

    private static boolean startsFrame(int code) {
        return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc || code == 0xf7;
    }

    private void frame(int code, int at, int end) throws RefusedException {
        if (code == 0xf7) {
            throw RefusedException.unsupported("JPEG-LS");
        }
        if (code > LOSSLESS) {
            throw RefusedException.unsupported(code >= 0xc9 ? "an arithmetic-coded JPEG" : "a hierarchical JPEG");
        }
        if (end - at < 10) {
            throw RefusedException.damaged(PictureFormat.JPEG, "its header is too short");
        }
        int precision = unsigned(at + 4);
        if (precision != 8) {
            throw RefusedException.unsupported("a JPEG of %d bits a sample".formatted(precision));
        }
        if (unsigned(at + 5) == 0 && unsigned(at + 6) == 0) {
            throw RefusedException.unsupported("a JPEG that tells its height only behind its pixels");
        }
        frame = code;
        components = unsigned(at + 9);
        unit = BLOCK;
        // Of each component: a number, how many blocks across and down, a table. A single one is written block by
        // block.
        for (int component = at + 10;
                components > 1 && component + 1 < Math.min(end, at + 10 + 3 * components);
                component += 3) {
            unit = Math.max(unit, BLOCK * (unsigned(component + 1) & 0xf));
        }
    }

    private void exif(int from, int end) {
        if (orientation == null && starts(EXIF, from, end)) {
            orientation = Orientation.in(bytes, from, end);
        }
    }

    /** Mark, number from one, count, then a part of the profile. */
    private void profilePart(int at, int end) {
        int from = at + 4;
        int head = PROFILE.length() + 2;
        if (starts(PROFILE, from, end) && end - from > head && profileBytes < LARGEST_PROFILE) {
            int number = unsigned(from + PROFILE.length());
            profileParts.putIfAbsent(number, Arrays.copyOfRange(bytes, from + head, end));
            profileBytes += end - from - head;
            profileSegments.write(bytes, at, end - at);
        }
    }

    private byte @Nullable [] profile() {
        if (profileParts.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(profileBytes);
        profileParts.values().forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private byte[] withProfile(byte[] file) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(file.length + profileSegments.size());
        whole.write(file, 0, 2);
        whole.writeBytes(profileSegments.toByteArray());
        whole.write(file, 2, file.length - 2);
        return whole.toByteArray();
    }

    private boolean starts(String mark, int from, int end) {
        return end - from >= mark.length() && new String(bytes, from, mark.length(), ISO_8859_1).equals(mark);
    }

    private int unsigned(int at) {
        return bytes[at] & 0xff;
    }
}
