package athanor.pictures.reader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.pictures.PictureFormat;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {

    private static final Wanted AS_IT_IS = Wanted.within(16_384, 16_384);

    private static final PictureReader reader = PictureReader.standard();

    @AfterAll
    static void endTheDecoders() {
        reader.close();
    }

    /** 60 x 40, red in the upper left quarter, blue elsewhere. */
    private static BufferedImage cornered() {
        BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.BLUE);
        canvas.fillRect(0, 0, 60, 40);
        canvas.setColor(Color.RED);
        canvas.fillRect(0, 0, 30, 20);
        canvas.dispose();
        return image;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private Verdict.Accepted accepted(byte[] file) {
        return (Verdict.Accepted) reader.read(file, AS_IT_IS);
    }

    private String refusal(byte[] file) {
        return ((Verdict.Rejected) reader.read(file, AS_IT_IS)).reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPEG", "PNG", "BMP", "GIF", "TIFF"})
    void aPictureIsReadByItsContent(String format) throws IOException {
        Verdict.Accepted picture = accepted(written(cornered(), format));

        assertThat(picture.format().name()).isEqualTo(format);
        assertThat(picture.image().orElseThrow().getWidth()).isEqualTo(60);
        assertThat(redOf(picture.image().orElseThrow(), 5, 5)).isGreaterThan(240);
        assertThat(redOf(picture.image().orElseThrow(), 55, 35)).isLessThan(15);
    }

    private static int redOf(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 16 & 0xff;
    }

    /** Where the red corner must be after turning, for each value of the EXIF tag. */
    @ParameterizedTest
    @CsvSource({
        "1, 60, 5, 5",
        "2, 60, 55, 5",
        "3, 60, 55, 35",
        "4, 60, 5, 35",
        "5, 40, 5, 5",
        "6, 40, 35, 5",
        "7, 40, 35, 55",
        "8, 40, 5, 55"
    })
    void aPhotographStandsUpright(int orientation, int width, int redX, int redY) throws IOException {
        byte[] jpeg = withOrientation(written(cornered(), "JPEG"), orientation);

        BufferedImage image = accepted(jpeg).image().orElseThrow();

        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(100 - width);
        assertThat(redOf(image, redX, redY)).isGreaterThan(240);
        assertThat(redOf(image, width - 1 - redX, 99 - width - redY)).isLessThan(15);
    }

    /** An APP1 segment with the one tag, put behind the start of image. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = ByteBuffer.allocate(36)
                .putShort((short) 0xffe1)
                .putShort((short) 34)
                .put("Exif\0\0MM\0*".getBytes(ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        return ByteBuffer.allocate(jpeg.length + exif.length)
                .put(jpeg, 0, 2)
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void greyStaysTheGreyThatWasStored() throws IOException {
        BufferedImage grey = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 128);

        assertThat(redOf(accepted(written(grey, "PNG")).image().orElseThrow(), 20, 20))
                .isCloseTo(128, within(1));
        assertThat(redOf(accepted(written(grey, "JPEG")).image().orElseThrow(), 20, 20))
                .isCloseTo(128, within(1));
    }

    @Test
    void transparencyIsLaidOnWhite() throws IOException {
        BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);

        assertThat(accepted(written(clear, "PNG")).image().orElseThrow().getRGB(3, 3))
                .isEqualTo(0xffffffff);
    }

    /** The files were made by {@code formats/make_formats.py}, which says what is on them. */
    @ParameterizedTest
    @CsvSource({
        "adobe-rgb.jpg, JPEG", "adobe-rgb.png, PNG", "adobe-rgb.tif, TIFF", "adobe-rgb.webp, WEBP",
        "display-p3.jpg, JPEG", "display-p3.png, PNG", "display-p3.tif, TIFF", "display-p3.webp, WEBP",
        "cmyk.jpg, JPEG", "progressive.jpg, JPEG", "colour-16.png, PNG", "colour-clear-16.png, PNG",
        "clear.png, PNG", "palette-clear.png, PNG", "palette-clear.gif, GIF", "lossy.webp, WEBP",
        "lossless.webp, WEBP", "lossy-clear.webp, WEBP", "lossless-clear.webp, WEBP", "lzw.tif, TIFF",
        "turned.png, PNG", "turned.webp, WEBP"
    })
    void coloursComeOutAsTheyWereMeant(String file, PictureFormat format) throws IOException {
        Verdict.Accepted picture = accepted(resource(file));

        assertThat(picture.format()).isEqualTo(format);
        assertThat(picture.image().orElseThrow().getWidth()).isEqualTo(60);
        assertColour(picture.image().orElseThrow(), 10, 10, 200, 60, 40);
        assertColour(picture.image().orElseThrow(), 50, 5, 40, 80, 200);
        if (file.contains("clear")) {
            assertColour(picture.image().orElseThrow(), 50, 35, 255, 255, 255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.jpg", "grey.png", "grey-16.png", "grey-clear.png", "grey-clear-16.png"})
    void greyComesOutAsItWasMeant(String file) throws IOException {
        BufferedImage picture = accepted(resource(file)).image().orElseThrow();

        assertColour(picture, 10, 10, 200, 200, 200);
        assertColour(picture, 50, 5, 80, 80, 80);
        if (file.contains("clear")) {
            assertColour(picture, 50, 35, 255, 255, 255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moving.gif", "moving.webp", "moving.png"})
    void anAnimationIsRefusedRatherThanUsedByAnyFrame(String file) throws IOException {
        assertThat(refusal(resource(file))).isEqualTo("this is an animation; save the one frame that is meant as PNG");
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream bytes = PictureReaderTest.class.getResourceAsStream("/formats/" + file)) {
            return bytes.readAllBytes();
        }
    }

    private static void assertColour(BufferedImage image, int x, int y, int red, int green, int blue) {
        int found = image.getRGB(x, y);
        assertThat(new int[] {found >> 16 & 0xff, found >> 8 & 0xff, found & 0xff})
                .as("red, green and blue at %d, %d", x, y)
                .satisfies(rgb -> {
                    assertThat(rgb[0]).isCloseTo(red, within(4));
                    assertThat(rgb[1]).isCloseTo(green, within(4));
                    assertThat(rgb[2]).isCloseTo(blue, within(4));
                });
    }

    @Test
    void theColourProfileOfAPngIsApplied() throws IOException {
        BufferedImage flat = new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = flat.createGraphics();
        canvas.setColor(new Color(128, 128, 128));
        canvas.fillRect(0, 0, 40, 40);
        canvas.dispose();
        // Java's own linear RGB profile: a stored 128 is half of the light, which sRGB codes as 188.
        java.awt.color.ICC_Profile linear =
                java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB);

        byte[] png = withChunk(written(flat, "PNG"), "iCCP", profileChunk(linear.getData()));

        assertThat(redOf(accepted(png).image().orElseThrow(), 20, 20)).isCloseTo(188, within(2));
    }

    private static byte[] profileChunk(byte[] profile) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("linear\0\0".getBytes(ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body)) {
            deflated.write(profile);
        }
        return body.toByteArray();
    }

    /** Puts a chunk behind the header chunk, which ends at byte 33. */
    private static byte[] withChunk(byte[] png, String type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(png, 0, 33);
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(body.length);
        ByteArrayOutputStream checked = new ByteArrayOutputStream();
        checked.write(type.getBytes(ISO_8859_1));
        checked.write(body);
        CRC32 crc = new CRC32();
        crc.update(checked.toByteArray());
        data.write(checked.toByteArray());
        data.writeInt((int) crc.getValue());
        data.write(png, 33, png.length - 33);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPEG", "PNG", "GIF", "TIFF", "BMP"})
    void aFileThatWasCutShortIsDamaged(String format) throws IOException {
        BufferedImage noise = new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(7);
        for (int i = 0; i < 200 * 200; i++) {
            noise.setRGB(i % 200, i / 200, random.nextInt());
        }
        byte[] whole = written(noise, format);

        String reason = refusal(Arrays.copyOf(whole, whole.length * 6 / 10));

        assertThat(reason).startsWith("the " + format + " file is damaged").endsWith("copy or export it again");
    }

    @Test
    void aPictureOfManyMegapixelsIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = written(cornered(), "PNG");
        ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());

        assertThat(refusal(png)).contains("100000 x 100000 pixels").contains("scale it down");
    }

    @Test
    void textThatInflatesToAGigabyteIsNeverInflated() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("Comment\0\0".getBytes(ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1024; i++) {
                deflated.write(zeros);
            }
        }

        assertThat(accepted(withChunk(written(cornered(), "PNG"), "zTXt", body.toByteArray()))
                        .image()
                        .orElseThrow()
                        .getWidth())
                .isEqualTo(60);
    }

    @Test
    void aTinyPictureIsRefusedWithItsSize() {
        byte[] webp = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

        assertThat(refusal(webp)).startsWith("the picture has only 1 x 1 pixels");
        assertThat(refusal(Arrays.copyOf(webp, 30)))
                .isEqualTo("the WEBP file is damaged: it claims 34 bytes and has 30; copy or export it again");
    }

    @Test
    void aStripIsRefused() throws IOException {
        byte[] strip = written(new BufferedImage(400, 40, BufferedImage.TYPE_3BYTE_BGR), "PNG");

        assertThat(refusal(strip)).isEqualTo("the picture is a strip of 400 x 40 pixels; cut it to at most 6 to 1");
    }

    @Test
    void whatIsNoPictureIsNamed() {
        assertThat(refusal(new byte[0])).isEqualTo("the file is empty; export it again");
        assertThat(refusal("\0\0\0\u0018ftypisom\0\0\0\0isomiso2".getBytes(ISO_8859_1)))
                .startsWith("this is a video");
        assertThat(refusal("<svg xmlns='x'/>".getBytes(ISO_8859_1))).startsWith("SVG drawings");
        assertThat(refusal("hello".getBytes(ISO_8859_1))).startsWith("this is no picture");
    }

    @Test
    void noiseInAFileMakesNoException() throws IOException {
        Random random = new Random(11);
        for (String format : new String[] {"JPEG", "PNG", "GIF", "TIFF", "BMP"}) {
            byte[] file = written(cornered(), format);
            for (int round = 0; round < 40; round++) {
                byte[] noisy = file.clone();
                for (int i = 0; i < 8; i++) {
                    noisy[8 + random.nextInt(noisy.length - 8)] = (byte) random.nextInt();
                }
                assertThat(reader.read(noisy, Wanted.noPixels())).isNotNull();
            }
        }
    }

    @Test
    void aPngRoundTripKeepsEveryPixel() throws IOException {
        BufferedImage image = accepted(Pixels.png(cornered())).image().orElseThrow();
        BufferedImage again = ImageIO.read(new ByteArrayInputStream(Pixels.png(image)));

        assertThat(again.getRGB(29, 19)).isEqualTo(Color.RED.getRGB());
        assertThat(again.getRGB(30, 20)).isEqualTo(Color.BLUE.getRGB());
    }
}
