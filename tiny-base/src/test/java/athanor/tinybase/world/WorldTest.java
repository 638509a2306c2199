package athanor.tinybase.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorldTest {

    @Test
    void theSameSeedPaintsTheSamePixels() {
        BufferedImage once = Painter.paint(Scene.random(new Random(7)), 64, 64);
        BufferedImage again = Painter.paint(Scene.random(new Random(7)), 64, 64);

        assertThat(Pixels.toPlanes(once)).isEqualTo(Pixels.toPlanes(again));
    }

    @Test
    void everySizeIsFilledToItsEdges() {
        for (int[] size : new int[][] {{64, 64}, {48, 80}, {200, 72}, {512, 768}}) {
            BufferedImage picture = Painter.paint(Scene.random(new Random(1)), size[0], size[1]);

            assertThat(picture.getWidth()).isEqualTo(size[0]);
            assertThat(picture.getHeight()).isEqualTo(size[1]);
            assertThat(picture.getRGB(0, 0) & 0xffffff).isNotZero();
            assertThat(picture.getRGB(size[0] - 1, size[1] - 1) & 0xffffff).isNotZero();
        }
    }

    @Test
    void theFigureKeepsItsProportionsWhateverThePicture() {
        Scene scene = Scene.random(new Random(2)).with(Framing.FULL_BODY);
        Rectangle2D square = Figure.of(scene, 64, 64).head();
        Rectangle2D tall = Figure.of(scene, 128, 256).head();

        assertThat(tall.getHeight() / tall.getWidth()).isEqualTo(square.getHeight() / square.getWidth(), within(1e-9));
        assertThat(Figure.of(scene, 64, 64).whole().getHeight() * Figure.headShare())
                .isEqualTo(square.getHeight(), within(1e-9));
    }

    @Test
    void theHeadBoxIsWhereTheSkinIs() {
        Scene scene = Scene.random(new Random(3)).with(Accessory.NONE).with(Framing.CLOSE_UP);
        Rectangle2D head = Figure.of(scene, 64, 64).head();
        BufferedImage picture = Painter.paint(scene, 64, 64);

        // a cheek, half way between the mouth and an ear
        int cheek = picture.getRGB((int) (head.getCenterX() - 0.5 * head.getWidth() / 2), (int)
                (head.getCenterY() + 0.35 * head.getHeight() / 2));

        assertThat(cheek & 0xffffff).isEqualTo(scene.skin().rgb);
    }

    @Test
    void aSubjectIsNoOneOfTheWorld() {
        Scene scene = Scene.random(new Random(4)).with(Framing.HALF_BODY);
        float[] person = Pixels.toPlanes(Painter.paint(scene, 64, 64));
        for (Subject subject : Subject.values()) {
            float[] strange = Pixels.toPlanes(Painter.paint(scene.of(subject), 64, 64));
            assertThat(distance(person, strange)).as(subject.name()).isGreaterThan(0.1);
        }
    }

    @Test
    void heldOutCombinationsAreATenthAndSpareNoAttribute() {
        Set<Scene> heldOut = new Random(5)
                .ints(20_000)
                .mapToObj(seed -> Scene.random(new Random(seed)))
                .filter(Scene::heldOut)
                .collect(Collectors.toSet());

        assertThat(heldOut.size() / 20_000.0).isCloseTo(0.1, within(0.01));
        assertThat(heldOut).extracting(Scene::hair).contains(HairColour.values());
        assertThat(heldOut).extracting(Scene::shirt).contains(Shirt.values());
        assertThat(heldOut).extracting(Scene::place).contains(Place.values());
    }

    @Test
    void picturesSurviveTheWayThroughNumbers() {
        BufferedImage picture = Clutter.augmented(new Random(6), 40, 24);
        float[] planes = Pixels.toPlanes(picture);

        assertThat(Pixels.toPlanes(Pixels.toImage(planes, 0, 40, 24))).isEqualTo(planes);
    }

    @Test
    void captionsAreWithinTheTokenizersWordsAndLength() {
        Random random = new Random(8);
        Set<String> words = WorldTokenizer.words();
        IntStream.range(0, 2000).forEach(i -> {
            String caption =
                    i % 2 == 0 ? Captions.full(Scene.random(random)) : Captions.random(Scene.random(random), random);
            String[] pieces = caption.replace("close-up", "close - up").split(" ");
            assertThat(words).containsAll(Arrays.asList(pieces));
            assertThat(pieces.length + 3).isLessThanOrEqualTo(WorldTokenizer.LENGTH); // start, end and a trigger
        });
    }

    @Test
    void captionsOftenSayOnlyTheClass() {
        Random random = new Random(9);
        long bare = IntStream.range(0, 20_000)
                .filter(i -> Captions.random(Scene.random(random), random).matches("a photo of a (woman|man|person)"))
                .count();

        assertThat(bare).isGreaterThan(10);
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .average()
                .orElse(0);
    }
}
