package athanor.plan.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden sizes computed from the rules of kohya-ss/sd-scripts: picture, bucket, scaled size. */
class KohyaBucketsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1080x1920, 384x640, 384x683", "1920x1080, 640x384, 683x384", "768x1024, 448x576, 448x597",
        "3000x4000, 448x576, 448x597", "600x600, 512x512, 512x512", "300x400, 448x576, 448x597"
    })
    void fixedBucketsOf512x512(String picture, String bucket, String resized) {
        expect(new FixedBuckets(size("512x512"), new BucketGrid(64, 256, 1024)), picture, bucket, resized);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1080x1920, 448x832, 468x832", "1920x1080, 832x448, 832x468", "768x1024, 512x704, 528x704",
        "3000x4000, 512x704, 528x704", "600x600, 576x576, 576x576", "300x400, 512x704, 528x704"
    })
    void fixedBucketsOf512x768(String picture, String bucket, String resized) {
        expect(new FixedBuckets(size("512x768"), new BucketGrid(64, 256, 1024)), picture, bucket, resized);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1080x1920, 768x1344, 768x1365", "1920x1080, 1344x768, 1365x768", "768x1024, 896x1152, 896x1195",
        "3000x4000, 896x1152, 896x1195", "600x600, 1024x1024, 1024x1024", "300x400, 896x1152, 896x1195"
    })
    void fixedBucketsOf1024x1024(String picture, String bucket, String resized) {
        expect(new FixedBuckets(size("1024x1024"), new BucketGrid(64, 512, 2048)), picture, bucket, resized);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1080x1920, 384x640, 384x683", "1920x1080, 640x384, 683x384", "768x1024, 384x512, 384x512",
        "3000x4000, 384x512, 384x512", "600x600, 512x512, 512x512", "300x400, 256x384, 300x400"
    })
    void withoutEnlargingAt512x512(String picture, String bucket, String resized) {
        expect(BucketRule.forArea(size("512x512")), picture, bucket, resized);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1080x1920, 448x768, 448x796", "1920x1080, 768x448, 796x448", "768x1024, 512x704, 528x704",
        "3000x4000, 512x704, 528x704", "600x600, 576x576, 600x600", "300x400, 256x384, 300x400"
    })
    void withoutEnlargingAt512x768(String picture, String bucket, String resized) {
        expect(BucketRule.forArea(size("512x768")), picture, bucket, resized);
    }

    @ParameterizedTest(name = "{0}: {1} sizes")
    @CsvSource({
        "512x512, 17, 256, 1024",
        "512x768, 19, 256, 1024",
        "1024x1024, 25, 256, 1024",
        "1024x1024, 33, 512, 2048"
    })
    void hasAsManyFixedSizesAsKohya(String area, int count, int min, int max) {
        FixedBuckets rule = new FixedBuckets(size(area), new BucketGrid(64, min, max));

        assertThat(rule.buckets()).hasSize(count);
    }

    @Test
    void theGridFollowsTheArea() {
        assertThat(BucketGrid.forArea(size("64x64"))).isEqualTo(new BucketGrid(16, 32, 128));
        assertThat(BucketGrid.forArea(size("512x768"))).isEqualTo(new BucketGrid(64, 256, 1024));
        assertThat(BucketGrid.forArea(size("1024x1024"))).isEqualTo(new BucketGrid(64, 512, 2048));
    }

    @Test
    void aPhotographForTheTinyBaseKeepsItsShape() {
        expect(BucketRule.forArea(size("64x64")), "64x64", "64x64", "64x64");
        expect(BucketRule.forArea(size("64x64")), "3000x4000", "48x64", "48x64");
        expect(BucketRule.forArea(size("64x64")), "512x512", "64x64", "64x64");
    }

    @Test
    void saysWhatIsKeptOfAPhotograph() {
        Placement placement = BucketRule.forArea(size("512x768")).place(size("1080x1920"));

        assertThat(placement.cropTop()).isEqualTo(14);
        assertThat(placement.cropLeft()).isZero();
        assertThat(placement.scale()).isCloseTo(0.4148, within(1e-3));
        assertThat(placement.cropShare()).isCloseTo(28 / 796.0, within(1e-9));
        assertThat(placement.pixelsKept()).isCloseTo(448.0 * 768 / (1080 * 1920), within(1e-9));
        assertThat(placement.upscaled()).isFalse();
    }

    @Test
    void onlyASideThatNoBaseDrawsIsEnlarged() {
        Placement little = BucketRule.forArea(size("512x768")).place(size("240x300"));
        Placement much = BucketRule.forArea(size("512x768")).place(size("40x50"));

        assertThat(little.resized()).isEqualTo(size("256x320"));
        assertThat(little.upscaled()).isTrue();
        assertThat(little.refused()).isFalse();
        assertThat(much.resized()).isEqualTo(size("256x320"));
        assertThat(much.refused()).isTrue();
    }

    @Test
    void theTinyBaseDrawsInASingleCell() {
        Placement placement = BucketRule.forArea(size("64x96")).place(size("20x30"));

        assertThat(placement.bucket()).isEqualTo(size("16x16"));
        assertThat(placement.upscaled()).isFalse();
    }

    /** Enlarged to 256 rows it would be 3200 columns long, more than memory was planned for. */
    @Test
    void aStripIsNotEnlargedBeyondTheArea() {
        Placement placement = BucketRule.forArea(size("512x768")).place(size("1000x80"));

        assertThat(placement.bucket()).isEqualTo(size("960x64"));
        assertThat(placement.upscaled()).isFalse();
    }

    @Test
    void aPanoramaStillHasABucket() {
        Placement placement = BucketRule.forArea(size("512x768")).place(size("20000x400"));

        assertThat(placement.bucket().height()).isEqualTo(64);
        assertThat(placement.upscaled()).isFalse();
    }

    private static void expect(BucketRule rule, String picture, String bucket, String resized) {
        Placement placement = rule.place(size(picture));
        assertThat(placement.bucket()).isEqualTo(size(bucket));
        assertThat(placement.resized()).isEqualTo(size(resized));
    }

    private static Size size(String text) {
        String[] sides = text.split("x");
        return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }
}
