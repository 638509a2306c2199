package athanor.train.dreambooth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedPicture;
import athanor.diffusion.training.Example;
import athanor.pictures.Pixels;
import athanor.store.MinioObjectStore;
import athanor.teststack.S3Address;
import athanor.train.training.PermanentFailureException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lies in the bucket is believed no more than an upload. */
class PreparedPicturesTest {

    private static final Size BUCKET = new Size(64, 48);

    private static S3Address.Running server;
    private static MinioObjectStore store;

    @BeforeAll
    static void startTheStore() {
        server = S3Address.start();
        S3Address address = server.address();
        store = new MinioObjectStore(
                address.endpoint(), address.accessKey(), address.secretKey(), "prepared-pictures", "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void stopTheStore() {
        store.close();
        server.close();
    }

    private static List<Example> read(String key, byte[] file) {
        PreparedPicture picture = new PreparedPicture(
                store.put(key, file, "image/png"), "a photo", BUCKET, new Size(640, 480), 0, 0, 1, false, null);
        return new PreparedPictures(store).read(List.of(picture));
    }

    private static byte[] png(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(1, 0, 0xff0080);
        return Pixels.png(image);
    }

    @Test
    void levelsFrom0To255BecomeNumbersFromMinus1To1AColourAtATime() {
        float[] planes = read("whole.png", png(64, 48)).get(0).planes();
        int area = 64 * 48;

        assertThat(planes).hasSize(3 * area);
        assertThat(planes[0]).isEqualTo(-1);
        assertThat(planes[1]).isEqualTo(1);
        assertThat(planes[area + 1]).isEqualTo(-1);
        assertThat(planes[2 * area + 1]).isCloseTo(0, within(0.01f));
    }

    @Test
    void aMaskIsHowMuchEachPixelCounts() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(1, 0, 0xffffff);
        image.setRGB(2, 0, 0x808080);
        PreparedPicture picture = new PreparedPicture(
                store.put("masked.png", png(64, 48), "image/png"),
                "a photo",
                BUCKET,
                new Size(640, 480),
                0,
                0,
                1,
                false,
                null,
                "0123",
                store.put("mask.png", Pixels.png(image), "image/png"));

        Example example = new PreparedPictures(store).read(List.of(picture)).get(0);

        assertThat(example.mask()).startsWith(0, 1, 128 / 255f, 0).hasSize(64 * 48);
        assertThat(example.source()).isEqualTo("0123");
    }

    @Test
    void aPictureOfAnotherSizeThanItsBucketIsRefused() {
        assertThatThrownBy(() -> read("larger.png", png(96, 48)))
                .isInstanceOf(PermanentFailureException.class)
                .hasMessageContaining("larger.png: it has 96 x 48 pixels, its bucket 64x48");
    }

    /** It would take 30 GB here. */
    @Test
    void aPictureThatClaimsTenThousandMegapixelsIsRefusedUnread() {
        byte[] png = png(64, 48);
        ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());

        assertThatThrownBy(() -> read("bomb.png", png))
                .isInstanceOf(PermanentFailureException.class)
                .hasMessageContaining("bomb.png: the picture has 100000 x 100000 pixels");
    }
}
