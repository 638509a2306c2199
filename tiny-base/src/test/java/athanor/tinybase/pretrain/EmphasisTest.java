package athanor.tinybase.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Scene;
import java.awt.geom.Rectangle2D;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmphasisTest {

    private static final int SIDE = 16;
    private static final double LITTLE_NOISE = 0.1;

    @Test
    void aSmallHeadWeighsAsIfItFilledTwoFifthsOfThePicture() {
        scenes(Framing.FULL_BODY).forEach(scene -> {
            float[] weights = Emphasis.FACES.cellWeights(scene, LITTLE_NOISE, SIDE);

            double head = IntStream.range(0, weights.length)
                    .filter(i -> weights[i] > 1)
                    .mapToDouble(i -> weights[i])
                    .sum();
            assertThat(head).isCloseTo(0.4 * SIDE * SIDE, within(0.01));
            assertThat(weights[middleOfTheHead(scene)]).isGreaterThan(2);
        });
    }

    @Test
    void aHeadThatIsLargeAnywayWeighsAsTheRest() {
        assertThat(scenes(Framing.CLOSE_UP))
                .allSatisfy(scene -> assertThat(Emphasis.FACES.cellWeights(scene, LITTLE_NOISE, SIDE))
                        .containsOnly(1));
    }

    @Test
    void everythingWeighsTheSameWhileThereIsMuchNoiseOrNoEmphasis() {
        Scene scene = scenes(Framing.FULL_BODY).findFirst().orElseThrow();

        assertThat(Emphasis.FACES.cellWeights(scene, 0.6, SIDE)).containsOnly(1);
        assertThat(Emphasis.EVEN.cellWeights(scene, LITTLE_NOISE, SIDE)).containsOnly(1);
    }

    @Test
    void facesMeetLittleNoiseMoreOftenAndStillEveryTimestep() {
        Random random = new Random(3);
        int[] timesteps = IntStream.range(0, 4000)
                .map(i -> Emphasis.FACES.timestep(random, 1000))
                .toArray();

        assertThat(IntStream.of(timesteps).filter(t -> t < 250).count()).isBetween(1850L, 2150L);
        assertThat(IntStream.of(timesteps).max().orElseThrow()).isBetween(990, 999);
        assertThat(IntStream.of(timesteps).min().orElseThrow()).isZero();
    }

    private static int middleOfTheHead(Scene scene) {
        Rectangle2D head = Figure.of(scene, SIDE, SIDE).head();
        return (int) head.getCenterY() * SIDE + (int) head.getCenterX();
    }

    private static Stream<Scene> scenes(Framing framing) {
        Random random = new Random(1);
        return Stream.generate(() -> Scene.random(random))
                .filter(scene -> scene.framing() == framing)
                .limit(20);
    }
}
