package athanor.diffusion.runtime;

import static athanor.diffusion.Distance.distance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several LoRAs at several strengths on one loaded base, one after the other. */
class LoraSetTest {

    private static BaseModel base;
    private static DiffusionModel model;
    private static LoraFile lora;
    private static LoraFile other;

    @BeforeAll
    static void load() {
        base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
        model = DiffusionModel.load(base, ComputeOptions.CPU);
        lora = LoraFile.read(Path.of("src/test/resources/lora/sd1/kohya.safetensors"));
        other = ofAnotherRank(lora);
    }

    @AfterAll
    static void close() {
        model.close();
        base.close();
    }

    @Test
    void strengthsOfOneLoraAddUp() {
        float[] twice = prediction(LoraSet.of(List.of(entry(lora, 0.4), entry(lora, 0.2))));

        assertThat(distance(twice, prediction(LoraSet.of(lora, 0.6)))).isLessThan(1e-5);
    }

    @Test
    void aLoraAndItsOppositeAreNone() {
        float[] none = prediction(LoraSet.of(List.of(entry(lora, 1), entry(lora, -1))));

        assertThat(distance(none, prediction(LoraSet.none()))).isLessThan(1e-5);
        assertThat(distance(prediction(LoraSet.of(lora, 1)), prediction(LoraSet.none())))
                .isGreaterThan(1e-3);
    }

    @Test
    void theOrderOfLorasOfDifferentRanksDoesNotMatter() {
        float[] one = prediction(LoraSet.of(List.of(entry(lora, 0.7), entry(other, 0.5))));

        assertThat(distance(one, prediction(LoraSet.of(List.of(entry(other, 0.5), entry(lora, 0.7))))))
                .isLessThan(1e-5);
        assertThat(distance(one, prediction(LoraSet.of(lora, 0.7)))).isGreaterThan(1e-3);
    }

    @Test
    void aLoraThatIsRefusedLeavesNothingBehind() {
        LoraSet good = LoraSet.of(lora, 1);
        float[] before = prediction(good);
        LoraSet foreign = LoraSet.of(LoraFile.read(Path.of("src/test/resources/lora/sdxl/kohya.safetensors")), 1);

        assertThatThrownBy(() -> prediction(foreign)).hasMessageContaining("trained on another kind of base");

        assertThat(prediction(good)).containsExactly(before);
    }

    @Test
    void oneLayerInTwoSpellingsIsRefused() {
        List<LoraLayer> layers = new ArrayList<>(lora.layers());
        LoraLayer text = layers.stream()
                .filter(layer -> layer.key().startsWith("lora_te_"))
                .findFirst()
                .orElseThrow();
        String other = text.key().replace("lora_te_", "lora_te1_");
        layers.add(new LoraLayer(other, text.down(), text.up(), text.alpha()));
        LoraSet twice = LoraSet.of(LoraFile.of(layers, Map.of()), 1);

        assertThatThrownBy(() -> prediction(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the LoRA has " + text.key() + " and " + other)
                .hasMessageContaining("wanted one of them");
    }

    @Test
    void aLayerThatThisBaseDoesNotHaveIsLeftOutAndNamed() {
        LoraLayer first = lora.layers().get(0);
        LoraLayer foreign = new LoraLayer("lora_unet_nowhere", first.down(), first.up(), 1);
        List<LoraLayer> more = new ArrayList<>(lora.layers());
        more.add(foreign);
        LoraSet set = LoraSet.of(LoraFile.of(more, Map.of()), 1);

        assertThat(prediction(set)).containsExactly(prediction(LoraSet.of(lora, 1)));
        assertThat(model.leftOut(set))
                .containsExactly("layers of the LoRA that this base does not have are left out: lora_unet_nowhere");
        assertThat(model.leftOut(LoraSet.of(lora, 1))).isEmpty();
    }

    @Test
    void aLoraWhoseLayersAreMostlyForeignIsRefusedWithTheFirst() {
        LoraLayer first = lora.layers().get(0);
        List<LoraLayer> layers = new ArrayList<>(List.of(first));
        for (int i = 0; i < 5; i++) {
            layers.add(new LoraLayer("lora_unet_nowhere_" + i, first.down(), first.up(), 1));
        }

        assertThatThrownBy(() -> prediction(LoraSet.of(LoraFile.of(layers, Map.of()), 1)))
                .hasMessageContaining("adapts 6 layers and this base does not have 5 of them")
                .hasMessageContaining("lora_unet_nowhere_0, lora_unet_nowhere_1, lora_unet_nowhere_2 and 2 more");
    }

    @Test
    void aStrengthThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> LoraSet.of(lora, Double.NaN)).hasMessageContaining("strength of NaN");
        assertThatThrownBy(() -> entry(lora, Double.NEGATIVE_INFINITY)).hasMessageContaining("wanted a finite number");
    }

    private static LoraSet.Entry entry(LoraFile file, double strength) {
        return new LoraSet.Entry(file, strength);
    }

    /** Other numbers for the first half of the layers, one row more. */
    private static LoraFile ofAnotherRank(LoraFile like) {
        Random random = new Random(9);
        List<LoraLayer> layers = new ArrayList<>();
        for (LoraLayer layer : like.layers().subList(0, like.layers().size() / 2)) {
            int rank = layer.rank() + 1;
            layers.add(new LoraLayer(
                    layer.key(),
                    random(random, withRank(layer.down().shape(), 0, rank)),
                    random(random, withRank(layer.up().shape(), 1, rank)),
                    rank));
        }
        return LoraFile.of(layers, Map.of());
    }

    private static long[] withRank(long[] shape, int axis, int rank) {
        long[] changed = shape.clone();
        changed[axis] = rank;
        return changed;
    }

    private static FloatTensor random(Random random, long... shape) {
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        return new FloatTensor(shape, values);
    }

    private static float[] prediction(LoraSet loras) {
        try (NDManager scope = model.newScope()) {
            Shape shape = new Shape(1, base.unetConfig().inChannels(), 8, 8);
            NDArray latents =
                    scope.create(random(new Random(4), shape.getShape()).values(), shape);
            long[][] ids = new long[1][base.textEncoderConfigs().get(0).maxPositions()];
            TextEmbedding text = model.encode(scope, Collections.nCopies(1, ids), loras);
            return model.denoise(scope, latents, scope.create(new float[] {300}), text, null, loras)
                    .toFloatArray();
        }
    }
}
