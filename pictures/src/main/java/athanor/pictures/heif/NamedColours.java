package athanor.pictures.heif;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Colours that a file names by a number (ITU-T H.273) instead of describing them by a profile, made into the profile that the
 * decoders of all other formats understand. The curve is that of sRGB, as cameras and telephones write it.
 */
enum NamedColours {
    DISPLAY_P3(12, new double[][] {
        {0.515121, 0.241196, -0.001053}, {0.291977, 0.692245, 0.041885}, {0.157104, 0.066574, 0.784073}
    }),
    BT_2020(9, new double[][] {
        {0.673459, 0.279033, -0.001932}, {0.165661, 0.675338, 0.029980}, {0.125100, 0.045629, 0.796844}
    });

    private static final int PQ = 16;
    private static final int HLG = 18;

    private static final int HEADER = 128;
    private static final int VERSION_4 = 0x0430_0000;
    /** Of the profile connection space. */
    private static final double[] D50 = {0.9642, 1, 0.8249};

    /** Parametric curve of type 3: a, b, c, d after the exponent, IEC 61966-2-1. */
    private static final double[] SRGB = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

    private final int number;
    /** X, Y and Z of red, green and blue, adapted to D50. */
    private final double[][] primaries;

    NamedColours(int number, double[][] primaries) {
        this.number = number;
        this.primaries = primaries;
    }

    static Optional<NamedColours> of(int number) {
        for (NamedColours colours : values()) {
            if (colours.number == number) {
                return Optional.of(colours);
            }
        }
        return Optional.empty();
    }

    static boolean isHighDynamicRange(int transfer) {
        return transfer == PQ || transfer == HLG;
    }

    /** ICC.1:2010, the fewest tags that a matrix profile may have. */
    byte[] profile() {
        String[] tags = {"wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
        int table = HEADER + 4 + tags.length * 12;
        int xyz = 20;
        int curve = 12 + 4 * SRGB.length;
        ByteBuffer out = ByteBuffer.allocate(table + 4 * xyz + curve);
        out.putInt(0, out.capacity())
                .putInt(8, VERSION_4)
                .put(12, ascii("mntrRGB XYZ "))
                .put(36, ascii("acsp"));
        out.position(68);
        fixed(out, D50);
        out.position(HEADER);
        out.putInt(tags.length);
        for (int i = 0; i < tags.length; i++) {
            boolean curved = i > 3;
            out.put(ascii(tags[i]));
            out.putInt(table + Math.min(i, 4) * xyz).putInt(curved ? curve : xyz);
        }
        xyz(out, D50);
        for (double[] primary : primaries) {
            xyz(out, primary);
        }
        out.put(ascii("para")).putInt(0).putShort((short) 3).putShort((short) 0);
        fixed(out, SRGB);
        return out.array();
    }

    private static void xyz(ByteBuffer out, double[] numbers) {
        out.put(ascii("XYZ ")).putInt(0);
        fixed(out, numbers);
    }

    private static void fixed(ByteBuffer out, double[] numbers) {
        for (double number : numbers) {
            out.putInt((int) Math.round(number * 65536));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
