package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The blocks of a GIF (GIF89a): screen, colours, the one picture and its transparency are kept, comments are left out. */
final class GifFile {

    static final String ANIMATION = "this is an animation; save the one frame that is meant as PNG";

    private static final int SCREEN_END = 13;
    private static final int IMAGE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int IMAGE_HEADER = 10;

    private final byte[] bytes;
    private final ByteArrayOutputStream kept;
    private int pictures;

    private GifFile(byte[] bytes) {
        this.bytes = bytes;
        this.kept = new ByteArrayOutputStream(bytes.length);
    }

    static Contents contents(byte[] bytes) throws RefusedException {
        return new GifFile(bytes).walk();
    }

    private Contents walk() throws RefusedException {
        need(SCREEN_END);
        int at = SCREEN_END + colours(bytes[10]);
        need(at);
        kept.write(bytes, 0, at);
        while (true) {
            need(at + 1);
            int kind = bytes[at] & 0xff;
            if (kind == TRAILER) {
                break;
            }
            at = switch (kind) {
                case IMAGE -> image(at);
                case EXTENSION -> extension(at);
                case 0 -> at + 1; // some programs end their blocks twice
                default -> throw damaged("there is rubbish between its parts");
            };
        }
        if (pictures == 0) {
            throw damaged("it holds no picture");
        }
        kept.write(TRAILER);
        return new Contents(
                PictureFormat.GIF,
                kept.toByteArray(),
                Orientation.UPRIGHT,
                null,
                null,
                1,
                false,
                Contents.NO_UNITS,
                List.of());
    }

    private int image(int at) throws RefusedException {
        if (++pictures > 1) {
            throw RefusedException.because(Verdict.Refusal.ANIMATION, ANIMATION);
        }
        need(at + IMAGE_HEADER);
        int data = at + IMAGE_HEADER + colours(bytes[at + 9]) + 1;
        int end = blocks(data);
        if (colours(bytes[10]) == 0 && colours(bytes[at + 9]) == 0) {
            throw damaged("it has no table of colours");
        }
        long pixels = (long) side(at + 5) * side(at + 7);
        if (GifPixels.of(bytes, data - 1, pixels) < pixels) {
            throw damaged("its data ends before the picture does");
        }
        kept.write(bytes, at, end - at);
        return end;
    }

    private int side(int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    private int extension(int at) throws RefusedException {
        need(at + 2);
        int end = blocks(at + 2);
        if ((bytes[at + 1] & 0xff) == GRAPHIC_CONTROL) {
            kept.write(bytes, at, end - at);
        }
        return end;
    }

    /** Blocks of up to 255 bytes, each with its length before it, until an empty one. */
    private int blocks(int from) throws RefusedException {
        int at = from;
        while (true) {
            need(at + 1);
            int length = bytes[at] & 0xff;
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private void need(int end) throws RefusedException {
        if (end > bytes.length) {
            throw damaged("it ends in the middle of the picture");
        }
    }

    private static RefusedException damaged(String evidence) {
        return RefusedException.damaged(PictureFormat.GIF, evidence);
    }
}
