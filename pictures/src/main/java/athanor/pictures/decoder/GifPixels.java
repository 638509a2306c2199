package athanor.pictures.decoder;

import java.util.Arrays;

/**
 * Counts the pixels that the data of a GIF makes (GIF89a, appendix F), without making them: data that ends early is no error to
 * the decoder, which leaves the rest black.
 */
final class GifPixels {

    private static final int MOST_CODES = 4096;
    private static final int LONGEST_CODE = 12;

    private final byte[] bytes;

    /** Where the next block begins, and how much is left of this one. */
    private int at;

    private int left;

    private int bits;
    private int bitCount;

    private GifPixels(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /**
     * @param from position of the byte that says how wide the colours are; whole blocks up to an empty one follow
     * @param most count no further
     */
    static long of(byte[] bytes, int from, long most) {
        int colourBits = bytes[from] & 0xff;
        // Wider ones are the decoder's to refuse.
        return colourBits < 1 || colourBits >= LONGEST_CODE
                ? 0
                : new GifPixels(bytes, from + 1).count(colourBits, most);
    }

    private long count(int colourBits, long most) {
        int clear = 1 << colourBits;
        int end = clear + 1;
        int[] lengths = new int[MOST_CODES];
        Arrays.fill(lengths, 0, clear, 1);
        int next = end + 1;
        int width = colourBits + 1;
        int before = -1;
        long pixels = 0;
        while (pixels < most) {
            int code = code(width);
            if (code < 0 || code == end) {
                break;
            }
            if (code == clear) {
                next = end + 1;
                width = colourBits + 1;
                before = -1;
                continue;
            }
            if (code > next || code == next && before < 0) {
                break; // a code that nothing has explained
            }
            if (before >= 0 && next < MOST_CODES) {
                lengths[next++] = lengths[before] + 1;
                if (next == 1 << width && width < LONGEST_CODE) {
                    width++;
                }
            }
            pixels += lengths[code];
            before = code;
        }
        return pixels;
    }

    /** The lowest bits come first; -1 behind the last. */
    private int code(int width) {
        while (bitCount < width) {
            if (left == 0) {
                left = bytes[at++] & 0xff;
                if (left == 0) {
                    at--; // stay at the empty block
                    return -1;
                }
            }
            bits |= (bytes[at++] & 0xff) << bitCount;
            bitCount += Byte.SIZE;
            left--;
        }
        int code = bits & (1 << width) - 1;
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
