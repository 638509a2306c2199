package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
                java.util.Arrays.fill(grey, call[0]++);
                return grey;
            };

            float[] tiled = new TiledDecode(8, 2, 1).decode(manager.zeros(new Shape(1, 4, 1, 14)), countsTiles);

            assertThat(java.util.Arrays.copyOf(tiled, 14))
                    .containsExactly(new float[] {0, 0, 0, 0, 0, 0, 0.25f, 0.75f, 1, 1, 1, 1, 1, 1}, within(1e-6f));
        }
    }

    @Test
    void onlyPicturesLargerThanATileNeedTiles() {
        TiledDecode tiles = new TiledDecode(64, 16, 8);

        assertThat(tiles.needed(64, 64)).isFalse();
        assertThat(tiles.needed(96, 64)).isTrue();
    }
}
