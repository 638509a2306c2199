package athanor.pictures.reader;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photographs as large as telephones make them are taken, many at once, and only the pixels that are wanted come back. */
class HonestPicturesTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 2);

    @AfterAll
    static void endTheDecoders() {
        READER.close();
    }

    private static byte[] flat(int width, int height, int type, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, type), format, bytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "8064, 6048, 5, JPEG", // 48 megapixels of a telephone
        "6000, 4000, 6, PNG", // 24 megapixels with transparency
        "11500, 8600, 12, PNG" // 99 megapixels of one bit
    })
    void aLargePictureComesBackSmall(int width, int height, int type, String format) throws IOException {
        Verdict.Accepted picture =
                (Verdict.Accepted) READER.read(flat(width, height, type, format), Wanted.within(512, 512));

        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.image().orElseThrow().getWidth()).isEqualTo(512);
        assertThat(picture.remarks()).isEmpty();
    }

    @Test
    void manyAtOnceWaitForOneAnother() throws IOException {
        byte[] photograph = flat(2400, 1600, BufferedImage.TYPE_3BYTE_BGR, "JPEG");
        List<CompletableFuture<Verdict>> uploads = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> READER.read(photograph, Wanted.noPixels())))
                .limit(8)
                .toList();

        assertThat(uploads.stream().map(CompletableFuture::join)).allMatch(Verdict.Accepted.class::isInstance);
    }

    @Test
    void aCutIsMadeOfTheUprightPicture() throws IOException {
        BufferedImage cut = ((Verdict.Accepted) READER.read(
                        flat(400, 300, BufferedImage.TYPE_3BYTE_BGR, "PNG"), Wanted.cutOut(200, 150, 10, 20, 64, 32)))
                .image()
                .orElseThrow();

        assertThat(cut.getWidth()).isEqualTo(64);
        assertThat(cut.getHeight()).isEqualTo(32);
    }
}
