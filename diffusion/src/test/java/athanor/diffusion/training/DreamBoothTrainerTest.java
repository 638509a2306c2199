package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.training.TrainingSettings.Adapter;
import athanor.diffusion.training.TrainingSettings.Objective;
import athanor.diffusion.training.TrainingSettings.Rate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainer on small random bases of all families: real networks, real gradients, some steps. */
class DreamBoothTrainerTest {

    private static final int SIDE = 32;
    private static final Objective WITHOUT_PRIOR = Objective.of(PriorMode.OFF);

    /** Noise and timesteps are the same with and without learning, so the losses can be compared step by step. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-four-levels", "sd2", "sdxl"})
    void lowersTheLossOnRandomBasesOfEveryFamily(String family) {
        List<Example> picture = pictures(1, "a photo of a sks woman");
        try (BaseModel base = base(family)) {
            double untrained = lossOfTheLastSteps(base, settings(30, WITHOUT_PRIOR, false, 0), picture);
            double trained = lossOfTheLastSteps(base, settings(30, WITHOUT_PRIOR, false, 2e-2), picture);
            assertThat(trained).isLessThan(untrained);
        }
    }

    @Test
    void learnsAPictureThatTheTinyBaseCannotDraw() {
        float[] green = new float[3 * 64 * 64];
        Arrays.fill(green, 0, 64 * 64, -1);
        Arrays.fill(green, 64 * 64, 2 * 64 * 64, 1);
        Arrays.fill(green, 2 * 64 * 64, green.length, -1);
        List<Example> picture = List.of(Example.whole(green, 64, 64, "a photo of a sks woman"));
        try (BaseModel base = BaseModel.open(Path.of("../tiny-base/models/tiny"))) {
            double untrained = lossOfTheLastSteps(base, settings(30, WITHOUT_PRIOR, false, 0), picture);
            double trained = lossOfTheLastSteps(base, settings(30, WITHOUT_PRIOR, false, 3e-3), picture);
            assertThat(trained).isLessThan(0.8 * untrained);
        }
    }

    /** Mean of the ten last steps of thirty. */
    private static double lossOfTheLastSteps(BaseModel base, TrainingSettings settings, List<Example> pictures) {
        List<Double> losses = new ArrayList<>();
        try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, pictures, List.of(), null)) {
            while (!trainer.done()) {
                losses.add(trainer.step().instanceLoss());
            }
        }
        return mean(losses.subList(20, 30));
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "true, 0.3"})
    void goesOnBitForBitAfterBeingStopped(boolean textEncoders, double dropout) throws SafetensorsException {
        TrainingSettings settings = settings(
                6,
                Objective.DREAMBOOTH,
                new Adapter(
                        4,
                        2,
                        Targets.ATTENTION_AND_FEED_FORWARD,
                        textEncoders,
                        new LoraDropout(dropout, dropout / 2, dropout / 3)),
                2e-2);
        List<Example> instances = pictures(3, "a photo of a sks woman");
        List<Example> classPictures = pictures(4, "a photo of a woman");
        try (BaseModel base = base("sd1")) {
            float[] straight;
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, instances, classPictures, null)) {
                steps(trainer, 6);
                straight = trainer.state().values();
            }
            byte[] saved;
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, instances, classPictures, null)) {
                steps(trainer, 3);
                saved = trainer.state().toBytes();
            }
            TrainerState state = TrainerState.fromBytes(saved, "the saved state");
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, instances, classPictures, state)) {
                assertThat(trainer.stepsDone()).isEqualTo(3);
                steps(trainer, 3);
                assertThat(Arrays.equals(trainer.state().values(), straight))
                        .as(
                                "largest difference %s",
                                largestDifference(trainer.state().values(), straight))
                        .isTrue();
            }
        }
    }

    /** Nothing is learnt at a rate of 0, so the first moment tells the gradients: m1 = 0.1 g1, m2 = 0.9 m1 + 0.1 g2. */
    @Test
    void accumulatedGradientsAreTheMeanOfThoseOfEachPass() {
        List<Example> instances = pictures(2, "a photo of a sks woman");
        List<Example> classPictures = pictures(2, "a photo of a woman");
        try (BaseModel base = base("sd1")) {
            float[] first;
            float[] second;
            try (DreamBoothTrainer trainer =
                    DreamBoothTrainer.open(base, atRateZero(1), instances, classPictures, null)) {
                trainer.step();
                first = trainer.state().firstMoment();
                trainer.step();
                second = trainer.state().firstMoment();
            }
            AtomicInteger signs = new AtomicInteger();
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(
                    base, atRateZero(2), instances, classPictures, null, signs::incrementAndGet)) {
                assertThat(signs.getAndSet(0)).as("pictures encoded").isEqualTo(4);
                trainer.step();
                assertThat(signs.get()).as("passes of a step").isEqualTo(2);
                float[] both = trainer.state().firstMoment();
                for (int i = 0; i < both.length; i++) {
                    float mean = (first[i] + second[i] - 0.9f * first[i]) / 2;
                    assertThat(both[i]).isCloseTo(mean, within(1e-6f));
                }
                assertThat(both).isNotEqualTo(first);
            }
        }
    }

    private static TrainingSettings atRateZero(int gradientAccumulation) {
        AdamW unclipped = new AdamW(0.9, 0.999, 1e-8, 0, 1e30);
        return new TrainingSettings(
                new Adapter(4, 4, Targets.ATTENTION, false),
                new Rate(0, 0, 10, 0, LearningRateSchedule.CONSTANT),
                Objective.DREAMBOOTH,
                unclipped,
                1,
                gradientAccumulation,
                42,
                ComputeOptions.CPU);
    }

    @Test
    void eachPartLearnsAtItsOwnRate() {
        Adapter both = new Adapter(4, 4, Targets.ATTENTION, true);
        try (BaseModel base = base("sd1")) {
            for (boolean unetLearns : List.of(true, false)) {
                Rate rate = new Rate(unetLearns ? 1e-2 : 0, unetLearns ? 0 : 1e-2, 1, 0, LearningRateSchedule.CONSTANT);
                TrainingSettings settings =
                        new TrainingSettings(both, rate, WITHOUT_PRIOR, AdamW.DEFAULT, 1, 1, 42, ComputeOptions.CPU);
                try (DreamBoothTrainer trainer =
                        DreamBoothTrainer.open(base, settings, pictures(1, "a photo"), List.of(), null)) {
                    Map<Boolean, Double> before = sizeOfUp(trainer);
                    assertThat(before).containsEntry(true, 0.0).containsEntry(false, 0.0);
                    trainer.step();
                    assertThat(sizeOfUp(trainer).get(unetLearns)).isPositive();
                    assertThat(sizeOfUp(trainer)).containsEntry(!unetLearns, 0.0);
                }
            }
        }
    }

    /** As PyTorch leaves parameters without gradient: SDXL's first text encoder is read before its last layer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNothingDependsOnIsLeftAsItIs(boolean recompute) {
        AdamW decaying = new AdamW(0.9, 0.999, 1e-8, 0.5, 1);
        Adapter both = new Adapter(4, 4, Targets.ATTENTION, true);
        Rate rate = new Rate(0.1, 0.1, 1, 0, LearningRateSchedule.CONSTANT);
        TrainingSettings settings = new TrainingSettings(
                both, rate, WITHOUT_PRIOR, decaying, 1, 1, 42, ComputeOptions.CPU.withRecompute(recompute));
        try (BaseModel base = base("sdxl");
                DreamBoothTrainer trainer =
                        DreamBoothTrainer.open(base, settings, pictures(1, "a photo"), List.of(), null)) {
            Map<String, float[]> before = downs(trainer);
            trainer.step();
            Map<String, float[]> after = downs(trainer);

            int last = base.textEncoderConfigs().get(0).layers() - 1;
            before.forEach((key, down) -> {
                if (key.startsWith("lora_te1_text_model_encoder_layers_" + last)) {
                    assertThat(after.get(key)).as(key).containsExactly(down);
                } else {
                    assertThat(after.get(key)).as(key).isNotEqualTo(down);
                }
            });
        }
    }

    private static Map<String, float[]> downs(DreamBoothTrainer trainer) {
        return trainer.lora(Map.of()).layers().stream()
                .collect(Collectors.toMap(LoraLayer::key, layer -> layer.down().values()));
    }

    /** Sum of the absolute numbers of all B, for the UNet (true) and the text encoder (false). */
    private static Map<Boolean, Double> sizeOfUp(DreamBoothTrainer trainer) {
        return trainer.lora(Map.of()).layers().stream()
                .collect(Collectors.partitioningBy(
                        layer -> layer.key().startsWith("lora_unet_"),
                        Collectors.summingDouble(DreamBoothTrainerTest::sizeOfUp)));
    }

    private static double sizeOfUp(LoraLayer layer) {
        double sum = 0;
        for (float value : layer.up().values()) {
            sum += Math.abs(value);
        }
        return sum;
    }

    @Test
    void ownPredictionIsAPriorWithoutErrorBeforeTheFirstStep() {
        Objective objective = Objective.of(PriorMode.BASE_PREDICTION);
        try (BaseModel base = base("sd1");
                DreamBoothTrainer trainer = DreamBoothTrainer.open(
                        base,
                        settings(3, objective, false),
                        pictures(2, "a photo of a sks woman"),
                        pictures(2, "a photo of a woman"),
                        null)) {
            // B is zero: the adapted base answers exactly as the frozen one.
            assertThat(trainer.step().priorLoss()).isLessThan(1e-9);
            assertThat(trainer.step().priorLoss()).isGreaterThan(1e-9);
        }
    }

    @Test
    void writesALayerForEveryTargetWithKohyasKeys() {
        try (BaseModel base = base("sd1");
                DreamBoothTrainer trainer = DreamBoothTrainer.open(
                        base, settings(1, WITHOUT_PRIOR, true), pictures(1, "a photo"), List.of(), null)) {
            trainer.step();
            LoraFile lora = trainer.lora(Map.of("athanor.trigger", "sks"));
            assertThat(lora.layers())
                    .extracting(LoraLayer::key)
                    .anyMatch(key -> key.startsWith("lora_unet_mid_block_attentions_0_"))
                    .anyMatch(key -> key.startsWith("lora_te_text_model_encoder_layers_0_"))
                    .doesNotHaveDuplicates();
            assertThat(lora.layers()).allMatch(layer -> layer.rank() == 4 && layer.alpha() == 2f);
        }
    }

    @Test
    void stopsBeforeTheParametersAreSpoilt() {
        Example broken = pictures(1, "a photo").get(0);
        broken.planes()[7] = Float.NaN;
        try (BaseModel base = base("sd1");
                DreamBoothTrainer trainer = DreamBoothTrainer.open(
                        base, settings(5, WITHOUT_PRIOR, false), List.of(broken), List.of(), null)) {
            float[] before = trainer.state().values();
            assertThatThrownBy(trainer::step)
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("diverged at step 1");
            assertThat(trainer.state().values()).containsExactly(before);
            assertThat(trainer.stepsDone()).isZero();
        }
    }

    @Test
    void saysThatAPriorNeedsClassPictures() {
        try (BaseModel base = base("sd1")) {
            assertThatThrownBy(() -> DreamBoothTrainer.open(
                            base, settings(5, Objective.DREAMBOOTH, false), pictures(1, "a photo"), List.of(), null))
                    .hasMessage("prior preservation (CLASS_PICTURES) needs class pictures, got none");
        }
    }

    @Test
    void saysThatNoiseCannotBePredictedWithoutAPicture() {
        Objective objective = new Objective(PriorMode.OFF, 1, 0, 0, 0, 0, List.of(), true, 0);
        try (BaseModel base = base("sd1")) {
            assertThatThrownBy(() -> DreamBoothTrainer.open(
                            base, settings(5, objective, false), pictures(1, "a photo"), List.of(), null))
                    .hasMessageStartingWith(
                            "zero terminal SNR wants a base that predicts velocity, sd1 predicts noise");
        }
    }

    private static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static void steps(DreamBoothTrainer trainer, int count) {
        for (int i = 0; i < count; i++) {
            trainer.step();
        }
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static BaseModel base(String family) {
        return BaseModel.open(Path.of("src/test/resources/parity", family));
    }

    private static TrainingSettings settings(int steps, Objective objective, boolean textEncoders) {
        return settings(steps, objective, textEncoders, 2e-2);
    }

    private static TrainingSettings settings(
            int steps, Objective objective, boolean textEncoders, double learningRate) {
        Adapter adapter = new Adapter(4, 2, Targets.ATTENTION_AND_FEED_FORWARD, textEncoders);
        return settings(steps, objective, adapter, learningRate);
    }

    private static TrainingSettings settings(int steps, Objective objective, Adapter adapter, double learningRate) {
        return new TrainingSettings(
                adapter,
                new Rate(learningRate, 1e-3, steps, 0, LearningRateSchedule.CONSTANT),
                objective,
                AdamW.DEFAULT,
                2,
                1,
                42,
                ComputeOptions.CPU);
    }

    private static List<Example> pictures(int count, String caption) {
        List<Example> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            float[] planes = new float[3 * SIDE * SIDE];
            for (int p = 0; p < planes.length; p++) {
                planes[p] = random.nextFloat() * 2 - 1;
            }
            pictures.add(Example.whole(planes, SIDE, SIDE, caption));
        }
        return pictures;
    }
}
