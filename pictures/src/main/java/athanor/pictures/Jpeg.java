package athanor.pictures;

/** What the markers of a JPEG tell without decoding it (ITU T.81, annex B). */
final class Jpeg {

    private static final int MARKER = 0xff;
    private static final int START_OF_PROGRESSIVE_FRAME = 0xc2;
    private static final int START_OF_SCAN = 0xda;

    private Jpeg() {}

    static boolean progressive(byte[] bytes) {
        int at = 2;
        while (at + 4 <= bytes.length && unsigned(bytes[at]) == MARKER) {
            int code = unsigned(bytes[at + 1]);
            if (code == MARKER) {
                at++; // fill byte
                continue;
            }
            if (code == START_OF_PROGRESSIVE_FRAME) {
                return true;
            }
            if (code == START_OF_SCAN) {
                return false;
            }
            at += 2 + (unsigned(bytes[at + 2]) << 8 | unsigned(bytes[at + 3]));
        }
        return false;
    }

    private static int unsigned(byte value) {
        return value & 0xff;
    }
}
