package athanor.pictures;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.pictures.reader.PictureReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The colour that is meant is always (200, 60, 40) of sRGB, or the grey 128. */
class PngGammaTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    @AfterAll
    static void endTheDecoder() {
        READER.close();
    }

    private static final int GREY = 0;
    private static final int COLOUR = 2;
    private static final int GREY_AND_ALPHA = 4;
    private static final int COLOUR_AND_ALPHA = 6;
    private static final double[] MEANT = {200 / 255.0, 60 / 255.0, 40 / 255.0};
    private static final double[] MEANT_GREY = {128 / 255.0};

    private static final double[] ADOBE_RGB = {.3127, .3290, .64, .33, .21, .71, .15, .06};
    private static final double[] SRGB = {.3127, .3290, .64, .33, .30, .60, .15, .06};

    /** (200, 60, 40) by the matrices of that standard (172.98, 62.37, 45.15). */
    private static final int[] MEANT_IN_ADOBE_RGB = {173, 62, 45};

    @ParameterizedTest
    @CsvSource({"1.0", "0.55556", "0.7", "0.35"})
    void numbersAreTheLightThatTheGammaSays(double gamma) throws IOException {
        byte[] png = png(COLOUR, 16, levels(MEANT, gamma, 16), gamma(gamma));

        assertThat(colourOf(png)).containsExactly(200, 60, 40);
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "16, 0", "8, 4", "16, 4", "8, 6", "16, 6", "8, 2"})
    void whateverTheFormOfThePixels(int bits, int kind) throws IOException {
        boolean grey = kind == GREY || kind == GREY_AND_ALPHA;
        int[] levels = levels(grey ? MEANT_GREY : MEANT, 1, bits);
        boolean clear = kind == GREY_AND_ALPHA || kind == COLOUR_AND_ALPHA;
        byte[] png = png(kind, bits, clear ? with(levels, (1 << bits) - 1) : levels, gamma(1));

        int[] colour = colourOf(png);

        int[] wanted = grey ? new int[] {128, 128, 128} : new int[] {200, 60, 40};
        for (int i = 0; i < 3; i++) {
            assertThat(colour[i]).isCloseTo(wanted[i], within(bits == 8 ? 3 : 0));
        }
    }

    @Test
    void whatIsClearComesOutWhite() throws IOException {
        assertThat(colourOf(png(COLOUR_AND_ALPHA, 8, new int[] {10, 20, 30, 0}, gamma(1))))
                .containsExactly(255, 255, 255);
    }

    @Test
    void thePrimariesCountToo() throws IOException {
        byte[] png = png(COLOUR, 8, MEANT_IN_ADOBE_RGB, chunk("cHRM", numbers(ADOBE_RGB)), gamma(1 / 2.19921875));

        int[] colour = colourOf(png);

        assertThat(colour[0]).isCloseTo(200, within(2));
        assertThat(colour[1]).isCloseTo(60, within(2));
        assertThat(colour[2]).isCloseTo(40, within(2));
    }

    @Test
    void aWarmWhiteStaysWhite() throws IOException {
        double[] warm = ADOBE_RGB.clone();
        warm[0] = .3457;
        warm[1] = .3585;

        assertThat(colourOf(png(COLOUR, 8, new int[] {255, 255, 255}, chunk("cHRM", numbers(warm)), gamma(1))))
                .containsExactly(255, 255, 255);
    }

    @Test
    void theGammaThatMeansSrgbChangesNothing() throws IOException {
        int[] levels = {200, 60, 5};

        assertThat(colourOf(png(COLOUR, 8, levels, gamma(.45455)))).containsExactly(levels);
        assertThat(colourOf(png(COLOUR, 8, levels, gamma(.45455), chunk("cHRM", numbers(SRGB)))))
                .containsExactly(levels);
    }

    @Test
    void aFileThatSaysItIsSrgbIs() throws IOException {
        int[] levels = {200, 60, 5};

        assertThat(colourOf(png(COLOUR, 8, levels, gamma(1), chunk("sRGB", new byte[1]))))
                .containsExactly(levels);
    }

    @Test
    void aProfileCountsMore() throws IOException {
        byte[] linear = java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB)
                .getData();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("linear\0\0".getBytes(ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body)) {
            deflated.write(linear);
        }

        byte[] png = png(COLOUR, 8, new int[] {128, 128, 128}, gamma(.3), chunk("iCCP", body.toByteArray()));

        assertThat(colourOf(png)[0]).isCloseTo(188, within(2));
    }

    @ParameterizedTest
    @CsvSource({"gAMA, 00000000", "gAMA, 0001", "gAMA, ffffffff", "cHRM, 00000000"})
    void nonsenseIsPassedOver(String name, String hex) throws IOException {
        int[] levels = {200, 60, 5};

        assertThat(colourOf(png(
                        COLOUR, 8, levels, chunk(name, java.util.HexFormat.of().parseHex(hex)))))
                .containsExactly(levels);
        assertThat(colourOf(png(COLOUR, 8, levels, chunk("cHRM", numbers(new double[8])))))
                .containsExactly(levels);
    }

    private static int[] colourOf(byte[] png) {
        int rgb = ((Verdict.Accepted) READER.read(png, Wanted.within(100, 100)))
                .image()
                .orElseThrow()
                .getRGB(20, 20);
        return new int[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
    }

    /** The levels by which a file of this gamma writes colours of sRGB. */
    private static int[] levels(double[] srgb, double gamma, int bits) {
        int[] levels = new int[srgb.length];
        for (int i = 0; i < srgb.length; i++) {
            double light = Math.pow((srgb[i] + 0.055) / 1.055, 2.4);
            levels[i] = (int) Math.round(Math.pow(light, gamma) * ((1 << bits) - 1));
        }
        return levels;
    }

    private static int[] with(int[] levels, int alpha) {
        int[] more = java.util.Arrays.copyOf(levels, levels.length + 1);
        more[levels.length] = alpha;
        return more;
    }

    /** 40 x 40 pixels of one colour. */
    private static byte[] png(int kind, int bits, int[] levels, byte[]... chunks) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
        file.write(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(40)
                        .putInt(40)
                        .put((byte) bits)
                        .put((byte) kind)
                        .array()));
        for (byte[] chunk : chunks) {
            file.write(chunk);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream rows = new DataOutputStream(new DeflaterOutputStream(body))) {
            for (int y = 0; y < 40; y++) {
                rows.write(0);
                for (int x = 0; x < 40; x++) {
                    for (int level : levels) {
                        if (bits == 16) {
                            rows.writeShort(level);
                        } else {
                            rows.write(level);
                        }
                    }
                }
            }
        }
        file.write(chunk("IDAT", body.toByteArray()));
        file.write(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] gamma(double gamma) throws IOException {
        return chunk("gAMA", numbers(gamma));
    }

    private static byte[] numbers(double... numbers) {
        ByteBuffer body = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        for (double number : numbers) {
            body.putInt((int) Math.round(number * 100_000));
        }
        return body.array();
    }

    private static byte[] chunk(String name, byte[] body) throws IOException {
        byte[] named = ByteBuffer.allocate(4 + body.length)
                .put(name.getBytes(ISO_8859_1))
                .put(body)
                .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(chunk)) {
            data.writeInt(body.length);
            data.write(named);
            data.writeInt((int) crc.getValue());
        }
        return chunk.toByteArray();
    }
}
