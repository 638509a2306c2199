package athanor.pictures.quality;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.Exposure;
import athanor.pictures.Fingerprint;
import athanor.pictures.Measured;
import athanor.pictures.quality.SimilarPictures.Group;
import athanor.pictures.quality.SimilarPictures.Kind;
import athanor.pictures.quality.SimilarPictures.Likeness;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarPicturesTest {

    private static final BufferedImage SCENE = Scenes.scene(21, 900, 600);

    private static List<Group> groups(BufferedImage... pictures) {
        return SimilarPictures.in(
                List.of(pictures).stream().map(Scenes::measured).toList());
    }

    private static Kind kind(BufferedImage copy) {
        return groups(SCENE, copy).get(0).others().get(0).kind();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36})
    void changedCopiesStayWithinTheDistancesThatWereMeasured(long seed) throws IOException {
        BufferedImage scene = Scenes.scene(seed, 900, 600);

        assertWithin(4, scene, Scenes.half(scene));
        assertWithin(4, scene, Scenes.read(Scenes.jpeg(scene, 0.3f)));
        assertWithin(10, scene, Scenes.brightened(scene, 0.7));
        assertWithin(10, scene, Scenes.brightened(scene, 1.25));
        assertWithin(12, scene, Scenes.cut(scene, 18, 12, 864, 576));
    }

    private static void assertWithin(int bits, BufferedImage scene, BufferedImage copy) {
        Fingerprint.Distance distance = Scenes.measured(scene)
                .fingerprint()
                .distance(Scenes.measured(copy).fingerprint());
        assertThat(Math.max(distance.dHash(), distance.pHash())).isLessThanOrEqualTo(bits);
    }

    @Test
    void differentScenesAreNotAlike() {
        List<Measured> scenes = new ArrayList<>();
        for (int seed = 0; seed < 12; seed++) {
            scenes.add(Scenes.measured(Scenes.scene(100 + seed, 300, 200)));
        }

        assertThat(SimilarPictures.in(scenes)).isEmpty();
    }

    @Test
    void whatAPictureIsToAnotherHasAName() throws IOException {
        assertThat(kind(Scenes.cut(SCENE, 0, 0, 900, 600))).isEqualTo(Kind.DUPLICATE);
        assertThat(kind(Scenes.read(Scenes.jpeg(SCENE, 0.6f)))).isEqualTo(Kind.SAME_SHOT);
        assertThat(kind(Scenes.half(SCENE))).isEqualTo(Kind.SAME_SHOT);
        assertThat(kind(Scenes.mirrored(SCENE))).isEqualTo(Kind.MIRRORED);
        assertThat(kind(Scenes.half(Scenes.mirrored(SCENE)))).isEqualTo(Kind.MIRRORED);
    }

    @Test
    void theLargestIsKeptAndOfEquallyLargeOnesTheSharpest() throws IOException {
        BufferedImage soft = Scenes.blurred(SCENE, 1);

        assertThat(groups(Scenes.half(SCENE), SCENE).get(0).keep()).isEqualTo(1);
        assertThat(groups(soft, SCENE).get(0).keep()).isEqualTo(1);
        assertThat(groups(SCENE, soft).get(0).keep()).isEqualTo(0);
    }

    @Test
    void whatWasEnlargedIsNotKeptInPlaceOfWhatItWasMadeFrom() {
        BufferedImage original = Scenes.half(SCENE);
        BufferedImage enlarged = new BufferedImage(1800, 1200, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = enlarged.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.drawImage(original, 0, 0, 1800, 1200, null);
        canvas.dispose();

        assertThat(groups(enlarged, original).get(0).keep()).isEqualTo(1);
    }

    @Test
    void hashesAloneTellBurstsFromEditedCopies() {
        Measured first = with(1000, 800, "a", 0, 0);
        Measured later = with(1000, 800, "b", 0b1111111, 0b11111);
        Measured cut = with(960, 768, "c", 0b1111111, 0b11111);
        Measured other = with(1000, 800, "d", 0x7fffL << 40, 0);

        assertThat(SimilarPictures.in(List.of(first, later)))
                .containsExactly(new Group(0, List.of(new Likeness(1, 0, Kind.BURST))));
        assertThat(SimilarPictures.in(List.of(first, cut)))
                .containsExactly(new Group(0, List.of(new Likeness(1, 0, Kind.NEAR_DUPLICATE))));
        assertThat(SimilarPictures.in(List.of(first, other))).isEmpty();
    }

    @Test
    void aChainIsOneGroupInWhichEachNamesItsClosest() {
        Measured first = with(1000, 800, "a", 0, 0);
        Measured second = with(1000, 800, "b", 0xff, 0);
        Measured third = with(1000, 800, "c", 0xffff, 0);

        assertThat(SimilarPictures.in(List.of(first, second, third)))
                .containsExactly(new Group(0, List.of(new Likeness(1, 0, Kind.BURST), new Likeness(2, 1, Kind.BURST))));
    }

    @Test
    void fiveHundredPicturesAreComparedInAMoment() {
        Random random = new Random(7);
        List<Measured> pictures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            pictures.add(with(1000, 800, Integer.toString(i), random.nextLong(), random.nextLong()));
        }
        long began = System.nanoTime();

        assertThat(SimilarPictures.in(pictures)).isEmpty();
        assertThat((System.nanoTime() - began) / 1e9).isLessThan(2);
    }

    private static Measured with(int width, int height, String pixels, long dHash, long pHash) {
        OptionalDouble nothing = OptionalDouble.empty();
        String digest = "%64s".formatted(Integer.toHexString(pixels.hashCode())).replace(' ', '0');
        return new Measured(
                width,
                height,
                false,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                new Exposure(0, 0, 0, 255),
                // a mirrored copy is as far away as a stranger
                new Fingerprint(digest, dHash, pHash, ~dHash, ~pHash));
    }
}
