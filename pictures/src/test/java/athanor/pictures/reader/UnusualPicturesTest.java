package athanor.pictures.reader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.pictures.PictureLimits;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No pixel is wrong without a word: right, or with a finding, or refused by its own name. */
class UnusualPicturesTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    /** In a JPEG, the first marker that is not always at the same place. */
    private static final int BEHIND_JFIF = 20;

    @AfterAll
    static void endTheDecoder() {
        READER.close();
    }

    private static Verdict.Accepted accepted(byte[] file) {
        return (Verdict.Accepted) READER.read(file, Wanted.within(1000, 1000));
    }

    private static String refusal(byte[] file) {
        return ((Verdict.Rejected) READER.read(file, Wanted.noPixels())).reason();
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream bytes = UnusualPicturesTest.class.getResourceAsStream("/" + file)) {
            return bytes.readAllBytes();
        }
    }

    /** A stored 200 and 80 of a linear profile are 0.784 and 0.314 of the light, which sRGB codes as 228 and 152. */
    @ParameterizedTest
    @ValueSource(strings = {"grey-linear.jpg", "grey-linear.png", "grey-linear.tif"})
    void theProfileOfAGreyPictureIsApplied(String file) throws IOException {
        assertGreys(file, 228, 152);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey-float.tif", "grey-32.tif"})
    void greyInNumbersOf32BitsIsTheGreyThatWasMeant(String file) throws IOException {
        assertGreys(file, 200, 80);
    }

    @Test
    void whatWasTakenForWhiteInFloatingPointNumbersIsSaid() throws IOException {
        assertThat(accepted(resource("formats/grey-float.tif")).remarks())
                .extracting(Verdict.Remark::sentence)
                .containsExactly("its samples are floating-point numbers; 0 was taken for black and 1 for white");
    }

    private static void assertGreys(String file, int light, int dark) throws IOException {
        BufferedImage image = accepted(resource("formats/" + file)).image().orElseThrow();

        assertThat(image.getRGB(10, 10) & 0xff).isCloseTo(light, within(2));
        assertThat(image.getRGB(50, 35) & 0xff).isCloseTo(dark, within(2));
    }

    @Test
    void theLargestPageOfATiffIsTakenAndTheOthersAreSaid() throws IOException {
        Verdict.Accepted picture = accepted(resource("formats/pages.tif"));

        assertThat(picture.width()).isEqualTo(60);
        assertThat(picture.image().orElseThrow().getRGB(10, 10)).isEqualTo(0xffc83c28);
        assertThat(picture.remarks())
                .extracting(Verdict.Remark::sentence)
                .containsExactly("it has 3 pages, of which the largest was taken (60 x 40 pixels, number 2)");
    }

    /** A decoder with wrong colours is off by 4 grey levels in the middle, and by 100 with a green drift. */
    @ParameterizedTest
    @CsvSource({"q10, 2", "q40-fast, 1", "q75, 1", "q75-slow, 1", "q95, 1"})
    void lossyWebpIsWhatLibwebpMakesOfIt(String name, double most) throws IOException {
        BufferedImage found =
                accepted(resource("webp/" + name + ".webp")).image().orElseThrow();
        BufferedImage wanted =
                Pixels.opaque(ImageIO.read(UnusualPicturesTest.class.getResource("/webp/" + name + ".png")));

        assertThat(meanDifference(found, wanted)).isLessThan(most);
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff));
                }
            }
        }
        return sum / 3 / one.getWidth() / one.getHeight();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q40-fast", "q95", "lossless"})
    void aWebpOfWhichHalfIsZeroIsFlagged(String name) throws IOException {
        byte[] whole = resource("webp/" + name + ".webp");
        byte[] half = whole.clone();
        Arrays.fill(half, whole.length / 2, whole.length, (byte) 0);

        assertThat(accepted(whole).remarks()).isEmpty();
        assertThat(accepted(half).remarks())
                .extracting(Verdict.Remark::sentence)
                .isNotEmpty()
                .allMatch(sentence -> sentence.contains("may be damaged"));
    }

    @Test
    void aJpegWithDataLeftOverIsFlagged() throws IOException {
        byte[] jpeg = resource("formats/grey.jpg");
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 6);
        System.arraycopy(jpeg, jpeg.length - 2, longer, longer.length - 2, 2);
        Arrays.fill(longer, jpeg.length - 2, longer.length - 2, (byte) 0x5a);

        assertThat(accepted(jpeg).remarks()).isEmpty();
        assertThat(accepted(longer).remarks()).singleElement().asString().contains("may be damaged");
    }

    @Test
    void rubbishBeforeThePictureOfAJpegIsLeftOutAndSaid() throws IOException {
        byte[] jpeg = resource("formats/grey.jpg");
        byte[] rubbish = {0, 1, 2, 3};
        byte[] filling = {(byte) 0xff, (byte) 0xff};

        assertThat(accepted(inserted(jpeg, BEHIND_JFIF, rubbish)).remarks())
                .extracting(Verdict.Remark::sentence)
                .containsExactly(
                        "bytes that belong to nothing lie before the picture and were left out; look whether it is whole");
        assertThat(accepted(inserted(jpeg, BEHIND_JFIF, filling)).remarks()).isEmpty();
    }

    private static byte[] inserted(byte[] file, int at, byte[] more) {
        return ByteBuffer.allocate(file.length + more.length)
                .put(file, 0, at)
                .put(more)
                .put(file, at, file.length - at)
                .array();
    }

    @Test
    void aGifThatEndsABlockTwiceIsWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_INDEXED), "GIF", bytes);
        byte[] gif = bytes.toByteArray();

        assertThat(accepted(inserted(gif, gif.length - 1, new byte[] {0})).width())
                .isEqualTo(40);
    }

    @Test
    void aJpegThatLostItsWayIsDamaged() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BufferedImage noise = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
        java.util.Random random = new java.util.Random(3);
        for (int i = 0; i < 200 * 200; i++) {
            noise.getRaster().setSample(i % 200, i / 200, 0, random.nextInt(256));
        }
        ImageIO.write(noise, "JPEG", bytes);
        byte[] jpeg = bytes.toByteArray();
        // a restart marker where there are none
        jpeg[jpeg.length / 2] = (byte) 0xff;
        jpeg[jpeg.length / 2 + 1] = (byte) 0xd3;

        assertThat(refusal(jpeg)).startsWith("the JPEG file is damaged: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OEJQUwAB | a Photoshop document",
                "AAAADGpQICANCocK | JPEG 2000",
                "/0//UQ== | JPEG 2000",
                "SUkqABAAAABDUgIA | a RAW file of a camera",
                "RlVKSUZJTE1DQ0QtUkFXIA== | a RAW file of a camera",
                "SUlVAAgAAAA= | a RAW file of a camera",
                "SUkrAAgAAAAQAAAAAAAAAA== | a BigTIFF",
                "JVBERi0xLjQK | a PDF document"
            })
    void aKindThatCannotBeReadIsCalledByItsName(String base64, String kind) {
        assertThat(READER.read(Base64.getDecoder().decode(base64), Wanted.noPixels()))
                .isEqualTo(new Verdict.Rejected(
                        Verdict.Refusal.UNSUPPORTED, kind + " cannot be read here; export the picture as JPEG or PNG"));
    }

    @Test
    void aJpegOf12BitsAndATiffOfZstdAreUnsupportedAndNotDamaged() throws IOException {
        byte[] jpeg = resource("formats/grey.jpg");
        int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c0");
        jpeg[frame + 4] = 12;
        byte[] tiff = resource("formats/lzw.tif");
        ByteBuffer numbers = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        int directory = numbers.getInt(4);
        for (int i = 0; i < numbers.getShort(directory); i++) {
            int entry = directory + 2 + i * 12;
            if (numbers.getShort(entry) == 259) {
                numbers.putShort(entry + 8, (short) 50000);
            }
        }
        byte[] bmp = ByteBuffer.allocate(80)
                .put("BM".getBytes(ISO_8859_1))
                .put(14, (byte) 64)
                .array();

        assertThat(refusal(jpeg))
                .isEqualTo("a JPEG of 12 bits a sample cannot be read here; export the picture as JPEG or PNG");
        assertThat(refusal(tiff))
                .isEqualTo("a TIFF of this compression (zstd) cannot be read here; export the picture as JPEG or PNG");
        assertThat(refusal(bmp)).startsWith("a BMP of OS/2 or of another unusual kind cannot be read here");
        assertThat(refusal(bmp(2, 0)))
                .startsWith("a BMP of 2 bits a pixel in this form (number 0) cannot be read here");
        assertThat(refusal(bmp(32, 6)))
                .startsWith("a BMP of 32 bits a pixel in this form (number 6) cannot be read here");
    }

    private static byte[] bmp(int bits, int compression) {
        return ByteBuffer.allocate(80)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("BM".getBytes(ISO_8859_1))
                .putInt(14, 40)
                .putShort(28, (short) bits)
                .putInt(30, compression)
                .array();
    }
}
