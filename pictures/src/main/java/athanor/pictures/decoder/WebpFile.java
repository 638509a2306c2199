package athanor.pictures.decoder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP (RIFF: name, length from its low end, body, filled up to an even length). */
final class WebpFile {

    private static final int RIFF_HEADER = 8;
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int MOVES = 2;
    private static final int TRANSPARENT = 16;
    private static final int SIDE = 0x3fff;

    /** Of a lossless picture's data; drawings that were packed in haste have a sixth in one run. */
    private static final double MOST_ZEROS = 0.25;

    static final Verdict.Remark EMPTY_PART = new Verdict.Remark(
            Verdict.Remark.About.DAMAGE,
            "a part of its data is empty, so the file may be damaged; look whether the picture is whole");

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private int canvas = -1;
    private int transparency = -1;
    private int frame = -1;
    private boolean lossless;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte @Nullable [] profile;

    private WebpFile(byte[] bytes) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Contents contents(byte[] bytes) throws RefusedException {
        return new WebpFile(bytes).walk();
    }

    private Contents walk() throws RefusedException {
        long claimed = unsigned(4) + RIFF_HEADER;
        if (claimed > bytes.length) {
            throw RefusedException.damaged(
                    PictureFormat.WEBP, "it claims %d bytes and has %d".formatted(claimed, bytes.length));
        }
        long at = FIRST_CHUNK;
        while (at + CHUNK_HEADER <= claimed) {
            int begin = (int) at;
            long length = unsigned(begin + 4);
            if (begin + CHUNK_HEADER + length > claimed) {
                throw RefusedException.damaged(PictureFormat.WEBP, "it ends in the middle of the picture");
            }
            look(begin, (int) length);
            at += CHUNK_HEADER + length + length % 2;
        }
        if (frame < 0) {
            throw RefusedException.damaged(PictureFormat.WEBP, "it holds no picture");
        }
        boolean alpha = !lossless && canvas >= 0 && transparency >= 0;
        if (alpha && !sameSize()) {
            throw RefusedException.damaged(PictureFormat.WEBP, "its picture has another size than its header says");
        }
        byte[] file = alpha ? file(canvas, transparency, frame) : file(frame);
        boolean whole = lossless || alpha; // of all else the decoder keeps what is wanted
        List<Verdict.Remark> remarks = lossless && hasEmptyPart() ? List.of(EMPTY_PART) : List.of();
        return new Contents(PictureFormat.WEBP, file, orientation, profile, null, 4, whole, Contents.NO_UNITS, remarks);
    }

    /** Zeros are read as pixels like any other data, so that no decoder complains. */
    private boolean hasEmptyPart() {
        int begin = frame + CHUNK_HEADER;
        int end = begin + (int) unsigned(frame + 4);
        int longest = 0;
        int run = 0;
        for (int i = begin; i < end; i++) {
            run = bytes[i] == 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest > MOST_ZEROS * (end - begin);
    }

    private void look(int at, int length) throws RefusedException {
        int body = at + CHUNK_HEADER;
        switch (new String(bytes, at, 4, ISO_8859_1)) {
            case "VP8X" -> {
                if (length < 10) {
                    throw RefusedException.damaged(PictureFormat.WEBP, "its header is too short");
                }
                if ((bytes[body] & MOVES) != 0) {
                    throw RefusedException.because(Verdict.Refusal.ANIMATION, GifFile.ANIMATION);
                }
                canvas = at;
            }
            case "VP8 " -> {
                frame = frame < 0 && length >= 10 ? at : frame;
            }
            case "VP8L" -> {
                lossless = frame < 0;
                frame = frame < 0 && length >= 5 ? at : frame;
            }
            case "ALPH" -> transparency = at;
            case "ICCP" -> profile = java.util.Arrays.copyOfRange(bytes, body, body + length);
            case "EXIF" -> orientation = Orientation.in(bytes, body, body + length);
            default -> {
                // notes of other kinds
            }
        }
    }

    /** Width and height are 24 bits each, less one, in the header and 14 bits each in the picture. */
    private boolean sameSize() {
        int header = canvas + CHUNK_HEADER + 4;
        int picture = frame + CHUNK_HEADER + 6;
        return (numbers.getInt(header) & 0xffffff) + 1 == (numbers.getShort(picture) & SIDE)
                && (numbers.getInt(header + 2) >>> 8) + 1 == (numbers.getShort(picture + 2) & SIDE);
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(numbers.getInt(at));
    }

    private byte[] file(int... chunks) {
        int size = FIRST_CHUNK;
        for (int chunk : chunks) {
            size += padded(chunk);
        }
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(bytes, 0, 4).putInt(size - RIFF_HEADER).put(bytes, 8, 4);
        for (int chunk : chunks) {
            int start = file.position();
            file.put(bytes, chunk, Math.min(padded(chunk), bytes.length - chunk));
            if (chunk == canvas) {
                file.put(start + CHUNK_HEADER, (byte) TRANSPARENT);
            }
            file.position(start + padded(chunk));
        }
        return file.array();
    }

    private int padded(int chunk) {
        long length = unsigned(chunk + 4);
        return (int) (CHUNK_HEADER + length + length % 2);
    }
}
