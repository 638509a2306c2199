package athanor.pictures.decoder;

import java.util.OptionalDouble;

/**
 * With what quality a JPEG was saved, 1 to 100 as libjpeg counts: its first quantisation table is compared with the one of
 * ITU T.81, table K.1, that libjpeg scales. Other writers have tables of their own; for those it is the quality that is as coarse.
 */
final class JpegQuality {

    private static final int MARKER = 0xff;
    private static final int QUANTISATION = 0xdb;
    private static final int START_OF_SCAN = 0xda;
    private static final int ENTRIES = 64;

    /** All entries of table K.1 together. */
    private static final double STANDARD = 3688;

    private JpegQuality() {}

    /** @param jpeg whose segments were looked at before */
    static OptionalDouble of(byte[] jpeg) {
        int at = 2;
        while (at + 4 < jpeg.length && (jpeg[at] & 0xff) == MARKER) {
            int code = jpeg[at + 1] & 0xff;
            if (code == MARKER) {
                at++;
                continue;
            }
            int end = at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if (code == START_OF_SCAN || end > jpeg.length) {
                break;
            }
            if (code == QUANTISATION && end - at >= 5 + ENTRIES * bytesEach(jpeg[at + 4])) {
                return OptionalDouble.of(quality(sum(jpeg, at + 5, bytesEach(jpeg[at + 4]))));
            }
            at = end;
        }
        return OptionalDouble.empty();
    }

    /** The upper half of the byte that heads a table is 1 where its entries have two bytes. */
    private static int bytesEach(byte head) {
        return (head & 0xf0) == 0 ? 1 : 2;
    }

    private static int sum(byte[] jpeg, int from, int bytesEach) {
        int sum = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int at = from + i * bytesEach;
            sum += bytesEach == 1 ? jpeg[at] & 0xff : (jpeg[at] & 0xff) << 8 | jpeg[at + 1] & 0xff;
        }
        return sum;
    }

    /** libjpeg's {@code jpeg_quality_scaling}, backwards. */
    private static double quality(int sum) {
        double percent = 100 * sum / STANDARD;
        double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
        return Math.max(1, Math.min(100, quality));
    }
}
