package athanor.pictures.reader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Small files that ended a service, or kept it busy for a minute. Notes never reach a decoder, so most of these are simply
 * pictures now.
 */
class MadeOnPurposeTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    @AfterAll
    static void endTheDecoder() {
        READER.close();
    }

    private static Verdict.Accepted accepted(byte[] file) {
        return (Verdict.Accepted) READER.read(file, Wanted.noPixels());
    }

    private static String refusal(byte[] file) {
        return ((Verdict.Rejected) READER.read(file, Wanted.noPixels())).reason();
    }

    private static byte[] written(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] inserted(byte[] file, int at, byte[] more) {
        return ByteBuffer.allocate(file.length + more.length)
                .put(file, 0, at)
                .put(more)
                .put(file, at, file.length - at)
                .array();
    }

    private static byte[] segment(int marker, byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (2 + body.length))
                .put(body)
                .array();
    }

    @Test
    void aProfileThatClaimsTwoGigabytesIsLeftOut() throws IOException {
        ByteBuffer profile = ByteBuffer.allocate(160);
        profile.putInt(0, Integer.MAX_VALUE).put(36, "acsp".getBytes(ISO_8859_1));
        byte[] body = ByteBuffer.allocate(14 + 160)
                .put("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1))
                .put(profile)
                .array();

        assertThat(accepted(inserted(written("JPEG"), 2, segment(0xe2, body))).remarks())
                .extracting(Verdict.Remark::sentence)
                .containsExactly("its colour profile is broken or not made for such a picture; it was left out and the"
                        + " colours were taken as sRGB");
    }

    @Test
    void notesOfThousandsOfTagsOnTheSameBytesAreNotRead() throws IOException {
        int tags = 5400;
        ByteBuffer notes = ByteBuffer.allocate(6 + 8 + 2 + tags * 12 + 4);
        notes.put("Exif\0\0MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) tags);
        for (int i = 0; i < tags; i++) {
            notes.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(8);
        }

        assertThat(accepted(inserted(written("JPEG"), 2, segment(0xe1, notes.array())))
                        .width())
                .isEqualTo(64);
    }

    @Test
    void millionsOfEmptyCommentsAreSteppedOver() throws IOException {
        byte[] comments = new byte[12 << 20];
        for (int i = 0; i < comments.length; i += 4) {
            comments[i] = (byte) 0xff;
            comments[i + 1] = (byte) 0xfe;
            comments[i + 3] = 2;
        }

        assertThat(accepted(inserted(written("JPEG"), 2, comments)).width()).isEqualTo(64);
    }

    @Test
    void aJpegOfAThousandPassesIsRefused() throws IOException {
        byte[] jpeg = written("JPEG");
        byte[] scan = segment(0xda, new byte[] {1, 1, 0, 1, 63, 0});
        ByteArrayOutputStream scans = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            scans.write(scan);
        }

        assertThat(refusal(inserted(jpeg, jpeg.length - 2, scans.toByteArray())))
                .startsWith("the JPEG draws its picture in more than 100 passes");
    }

    @Test
    void aGifCommentOfMegabytesIsLeftOut() throws IOException {
        byte[] gif = written("GIF");
        int colours = 13 + (3 << (gif[10] & 7) + 1);
        byte[] comment = new byte[2 + 16_400 * 256 + 1];
        comment[0] = 0x21;
        comment[1] = (byte) 0xfe;
        for (int i = 0; i < 16_400; i++) {
            comment[2 + i * 256] = (byte) 0xff;
        }

        assertThat(accepted(inserted(gif, colours, comment)).width()).isEqualTo(64);
    }

    /** The decoder says nothing and leaves the rest black. */
    @Test
    void aGifWhoseDataEndsBeforeThePictureIsDamaged() throws IOException {
        byte[] gif = written("GIF");
        int picture = 13 + (3 << (gif[10] & 7) + 1);
        while (gif[picture] != 0x2c) {
            picture += 8; // the one extension that the writer puts before it
        }
        ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(picture + 7, (short) 9000);

        assertThat(refusal(gif))
                .isEqualTo("the GIF file is damaged: its data ends before the picture does; copy or export it again");
    }

    @Test
    void aJpegThatTellsItsHeightTooLateIsUnsupported() throws IOException {
        byte[] jpeg = written("JPEG");
        int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c0");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 0);

        assertThat(refusal(jpeg)).startsWith("a JPEG that tells its height only behind its pixels cannot be read here");
    }

    @Test
    void aProfileThatPointsOutsideOfATiffIsSaid() {
        int entries = 9;
        int data = 8 + 2 + entries * 12 + 4;
        int[][] page = {
            {256, 64}, {257, 64}, {258, 8}, {259, 1}, {262, 1}, {273, data}, {277, 1}, {279, 4096}, {34675, 1 << 30}
        };
        byte[] tiff = inserted(tiff(page, 0), data, new byte[4096]);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 2 + 8 * 12 + 4, 1 << 20);

        assertThat(accepted(tiff).remarks())
                .extracting(Verdict.Remark::sentence)
                .containsExactly("its colour profile is broken or not made for such a picture; it was left out and the"
                        + " colours were taken as sRGB");
    }

    @Test
    void aBmpAroundAPngWithABombIsNotOpened() throws IOException {
        byte[] png = inserted(written("PNG"), 33, bomb());
        byte[] bmp = ByteBuffer.allocate(54 + png.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("BM".getBytes(ISO_8859_1))
                .putInt(54 + png.length)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(64)
                .putInt(48)
                .putShort((short) 1)
                .putShort((short) 24)
                .putInt(5)
                .putInt(png.length)
                .position(54)
                .put(png)
                .array();

        assertThat(accepted(png).width()).isEqualTo(64);
        assertThat(refusal(bmp)).startsWith("a BMP around a file of another kind cannot be read here");
    }

    /** A text chunk that inflates to 200 MB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("zTXtComment\0\0".getBytes(ISO_8859_1));
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                deflated.write(zeros);
            }
        }
        byte[] chunk = body.toByteArray();
        CRC32 sum = new CRC32();
        sum.update(chunk);
        return ByteBuffer.allocate(chunk.length + 8)
                .putInt(chunk.length - 4)
                .put(chunk)
                .putInt((int) sum.getValue())
                .array();
    }

    @Test
    void aTiffWhoseTilesAreWiderThanTheWorldIsRefused() {
        int[][] entries = {
            {256, 64}, {257, 64}, {258, 8}, {259, 1}, {262, 1}, {322, Integer.MAX_VALUE}, {323, 16}, {324, 8}, {325, 16}
        };

        assertThat(refusal(tiff(entries, 0)))
                .isEqualTo("the TIFF file is damaged: its tiles are larger than the picture; copy or export it again");
    }

    /** @param next where the next directory lies */
    private static byte[] tiff(int[][] entries, int next) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + entries.length * 12 + 4).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) entries.length);
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
        }
        return tiff.putInt(next).array();
    }

    /** What Java's heap does not show: the coefficients of a progressive JPEG are native memory, here 25 GB. */
    @Test
    void aJpegInsideOfATiffThatIsFarLargerThanItsPageCostsOneVerdict() throws IOException {
        byte[] jpeg = progressive();
        int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c2");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_500).putShort(frame + 7, (short) 65_500);
        int entries = 9;
        int data = 8 + 2 + entries * 12 + 4;
        int[][] page = {
            {256, 64}, {257, 64}, {258, 8}, {259, 7}, {262, 6}, {273, data}, {277, 3}, {278, 64}, {279, jpeg.length}
        };
        byte[] tiff = inserted(tiff(page, 0), data, jpeg);

        assertThat(refusal(tiff))
                .isEqualTo("the TIFF of 64 x 64 pixels cannot be decoded here, because it needs more memory than any"
                        + " picture of its size should; export the picture again as JPEG or PNG");
        assertThat(accepted(written("PNG")).width()).isEqualTo(64);
    }

    private static byte[] progressive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("JPEG").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        writer.setOutput(ImageIO.createImageOutputStream(bytes));
        writer.write(null, new IIOImage(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), null, null), param);
        writer.dispose();
        return bytes.toByteArray();
    }

    @Test
    void aChainOfDirectoriesIsFollowedForAWhile() {
        int links = 20_000;
        ByteBuffer chain = ByteBuffer.allocate(8 + links * 18).order(ByteOrder.LITTLE_ENDIAN);
        chain.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
        for (int i = 1; i <= links; i++) {
            chain.putShort((short) 1)
                    .putShort((short) 256)
                    .putShort((short) 4)
                    .putInt(1)
                    .putInt(64);
            chain.putInt(i == links ? 0 : 8 + i * 18);
        }

        assertThat(refusal(chain.array()))
                .isEqualTo("the TIFF has more than 500 pages; save the one that is meant as a file of its own");
        assertThat(refusal(tiff(new int[][] {{256, 64}}, 8)))
                .isEqualTo("the TIFF file is damaged: it holds no picture; copy or export it again");
    }

    @Test
    void aWebpWithoutAPictureIsNoBlackOne() {
        byte[] empty = ByteBuffer.allocate(30)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(ISO_8859_1))
                .putInt(22)
                .put("WEBPVP8X".getBytes(ISO_8859_1))
                .putInt(10)
                .putInt(0)
                .put(new byte[] {99, 0, 0, 99, 0, 0})
                .array();

        assertThat(refusal(empty)).isEqualTo("the WEBP file is damaged: it holds no picture; copy or export it again");
    }

    @Test
    void aPngWithOneWrongByteIsDamaged() throws IOException {
        byte[] png = written("PNG");
        byte[] wrong = Arrays.copyOf(png, png.length);
        wrong[png.length - 20] ^= 1;

        assertThat(refusal(wrong))
                .isEqualTo("the PNG file is damaged: a checksum does not fit its data; copy or export it again");
    }
}
