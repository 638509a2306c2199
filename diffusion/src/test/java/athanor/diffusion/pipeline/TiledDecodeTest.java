package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TiledDecodeTest {

    /** Enlarges three channels by two without looking around: tiles must not show at all. */
    private static final TiledDecode.Decoder ENLARGE =
            (scope, latent) -> latent.repeat(2, 2).repeat(3, 2).squeeze(0).toFloatArray();

    @Test
    void tilesOfALocalDecoderJoinWithoutASeam() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray latent = manager.arange(0f, 3 * 13 * 29, 1).reshape(new Shape(1, 3, 13, 29));

            float[] whole = ENLARGE.decode(manager, latent);
            float[] tiled = new TiledDecode(8, 3, 2).decode(latent, ENLARGE);

            assertThat(tiled).hasSameSizeAs(whole);
            assertThat(tiled).containsExactly(whole, within(1e-3f));
        }
    }

    @Test
    void neighboursFadeIntoEachOther() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            int[] call = {0};
            TiledDecode.Decoder countsTiles = (scope, latent) -> {
                float[] grey = new float
                        [(int) (3 * latent.getShape().get(2) * latent.getShape().get(3))];
                Arrays.fill(grey, call[0]++);
                return grey;
            };

            float[] tiled = new TiledDecode(8, 2, 1).decode(manager.zeros(new Shape(1, 4, 1, 14)), countsTiles);

            assertThat(Arrays.copyOf(tiled, 14))
                    .containsExactly(new float[] {0, 0, 0, 0, 0, 0, 0.25f, 0.75f, 1, 1, 1, 1, 1, 1}, within(1e-6f));
        }
    }

    /** Normalisation and attention see one tile at a time, so this is a bound and not an equality. */
    @Test
    void tilesOfARealAutoencoderComeCloseToTheWholePicture() {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            NDArray latent = new SeededNoise(List.of(7L), 4, 40, 56).next(scope);
            TiledDecode.Decoder decoder =
                    (inner, part) -> model.decodeLatent(inner, part).toFloatArray();

            float[] whole = decoder.decode(scope, latent);
            float[] tiled = new TiledDecode(32, 12, base.vaeConfig().factor()).decode(latent, decoder);

            assertThat(relativeDistance(tiled, whole)).isLessThan(0.1);
        }
    }

    private static double relativeDistance(float[] actual, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
