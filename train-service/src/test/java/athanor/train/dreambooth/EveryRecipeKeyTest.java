package athanor.train.dreambooth;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.LossMask;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.store.Sha256;
import athanor.teststack.S3Address;
import athanor.train.training.LoraTraining;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key of the recipe is silently ignored: changing it changes what took effect and, where it should, the LoRA. */
class EveryRecipeKeyTest {

    private static S3Address.Running server;
    private static MinioObjectStore store;

    @BeforeAll
    static void startTheStore() {
        server = S3Address.start();
        S3Address address = server.address();
        store = new MinioObjectStore(
                address.endpoint(), address.accessKey(), address.secretKey(), "every-recipe-key", "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void stopTheStore() {
        store.close();
        server.close();
    }

    private static final Path BASES = Path.of("../diffusion/src/test/resources/parity");

    /** What the change of a key comes to. */
    private enum Lora {
        OTHER,
        /** Read by preprocess-service, by sample-service or by what saves; the numbers that are trained are the same. */
        THE_SAME
    }

    /** @param beside what the key needs to be used at all */
    private record Row(String key, String value, Lora lora, Map<String, String> beside) {

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    private static Row other(String key, String value, String... beside) {
        return row(key, value, Lora.OTHER, beside);
    }

    private static Row same(String key, String value, String... beside) {
        return row(key, value, Lora.THE_SAME, beside);
    }

    private static Row row(String key, String value, Lora lora, String... beside) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (int i = 0; i < beside.length; i += 2) {
            changes.put(beside[i], beside[i + 1]);
        }
        return new Row(key, value, lora, changes);
    }

    static Stream<Row> rows() {
        return Stream.of(
                other("baseModel", "sd1-four-levels"),
                other("subject.trigger", "ohwx"),
                other("subject.classNoun", "man"),
                other("subject.promptedBy", "CLASS_WORD"),
                same("subject.kind", "OBJECT"),
                other("prior.mode", "BASE_PREDICTION"),
                other("prior.headMasked", "true", "prior.mode", "WHOLE_PICTURES"),
                other("prior.blankPrompt", "true", "prior.mode", "BASE_PREDICTION"),
                same("prior.consent", "true"),
                same("plainFineTuning", "true"),
                same("instances", "HEADS_AND_WHOLES"),
                other("mask", "REGION"),
                other("prior.weight", "0.3"),
                other("prior.classPictures", "3"),
                other("network.rank", "3"),
                other("network.alpha", "1"),
                other("network.targets", "WITH_CONVOLUTIONS"),
                other("network.textEncoder", "true"),
                other("network.dropout", "0.5"),
                other("network.rankDropout", "0.5"),
                other("network.moduleDropout", "0.5"),
                other("training.steps", "1"),
                other("training.batchSize", "2"),
                other("training.learningRate", "0.02"),
                other("training.textEncoderLearningRate", "0.02", "network.textEncoder", "true"),
                other("training.schedule", "CONSTANT"),
                other("training.warmupSteps", "2"),
                other("training.minSnrGamma", "0.001"),
                other("training.noiseOffset", "0.5"),
                other("training.captionDropout", "1"),
                other("training.maxGradNorm", "0.00001"),
                other("training.gradientAccumulation", "2"),
                same("training.checkpointEverySteps", "1"),
                other("training.seed", "7"),
                other("training.area", "48x48"),
                other("training.captionTagDropout", "1"),
                other("training.huber", "0.2"),
                other("training.zeroTerminalSnr", "true", "baseModel", "sd2"),
                same("training.keepLastCheckpoints", "1"),
                same("training.keepCheckpointEverySteps", "1"),
                other("training.heldOutPictures", "1"),
                other("training.optimizer", "PRODIGY_SCHEDULE_FREE"),
                other("training.emaDecay", "0.9"),
                same("framing.outliers", "LEAVE_OUT"),
                same("samples.prompts", "{class} in a park"),
                same("samples.negativePrompt", "blurred"),
                same("samples.picturesPerPrompt", "2"),
                same("samples.steps", "7"),
                same("samples.guidance", "2"),
                same("samples.sampler", "EULER"),
                same("samples.strength", "0.5"),
                same("samples.seed", "11"),
                same("samples.size", "64x64"),
                same("proof", "FULL"));
    }

    @Test
    void everyKeyHasARow() {
        assertThat(rows().map(Row::key)).containsExactlyInAnyOrderElementsOf(Recipe.keys());
    }

    private static Stream<Row> trained() {
        return rows().filter(row -> row.lora() == Lora.OTHER);
    }

    /** All at once, as none of them may change it. */
    @Test
    void whatOthersReadTookEffectAndLeavesTheLoraAsItIs() {
        Recipe recipe = plain();
        for (Row row : rows().filter(row -> row.lora() == Lora.THE_SAME).toList()) {
            recipe = recipe.with(row.key(), row.value());
        }
        Outcome before = KNOWN.computeIfAbsent(Map.of(), beside -> new Trial(plain()).outcome());

        Outcome after = new Trial(recipe).outcome();

        rows().filter(row -> row.lora() == Lora.THE_SAME)
                .forEach(row -> assertThat(after.values().get(row.key()))
                        .as("effective %s", row.key())
                        .isNotNull()
                        .isNotEqualTo(before.values().get(row.key())));
        assertThat(after.tensors()).as("the LoRA").isEqualTo(before.tensors());
    }

    @ParameterizedTest
    @MethodSource("trained")
    void changesWhatTookEffectAndTheLora(Row row) {
        Recipe recipe = plain();
        for (Map.Entry<String, String> beside : row.beside().entrySet()) {
            recipe = recipe.with(beside.getKey(), beside.getValue());
        }
        Trial plain = new Trial(recipe);
        Outcome before = KNOWN.computeIfAbsent(row.beside(), beside -> plain.outcome());

        Outcome after = new Trial(recipe.with(row.key(), row.value())).outcome();

        assertThat(after.values().get(row.key()))
                .as("effective %s", row.key())
                .isNotNull()
                .isNotEqualTo(before.values().get(row.key()));
        assertThat(after.tensors()).as("the LoRA").isNotEqualTo(before.tensors());
    }

    @Test
    void picturesThatAreHeldOutAreNotCountedAsTrained() {
        Outcome outcome = new Trial(plain().with("training.heldOutPictures", "1")).outcome();

        assertThat(outcome.metadata())
                .containsEntry("ss_num_train_images", "3")
                .hasEntrySatisfying(
                        "ss_bucket_info", buckets -> assertThat(buckets).contains("\"count\": 3"))
                .containsEntry("ss_num_batches_per_epoch", "3");
    }

    private static final Map<Map<String, String>, Outcome> KNOWN = new HashMap<>();

    private record Outcome(Map<String, String> values, Map<String, String> metadata) {

        /** Hash of the LoRA without its metadata. */
        String tensors() {
            return String.valueOf(metadata.get("sshs_model_hash"));
        }
    }

    private static Recipe plain() {
        return Recipe.defaults("sd1", "woman")
                .with("training.steps", "2")
                .with("training.learningRate", "0.01")
                .with("training.warmupSteps", "0")
                .with("training.minSnrGamma", "0")
                .with("training.checkpointEverySteps", "2")
                .with("training.area", "32x32")
                .with("prior.classPictures", "2")
                .with("network.rank", "2")
                .with("network.targets", "ATTENTION");
    }

    /** A training as the services would come to it: the pictures as preprocess-service makes them of the recipe. */
    private record Trial(Recipe recipe) {

        Outcome outcome() {
            PreparedDataset dataset = dataset();
            RunId run = dataset.runId();
            DatasetPrepared event = new DatasetPrepared(
                    run,
                    "anna",
                    store.put(ObjectKeys.preparedDataset(run), new byte[] {1}, "application/json"),
                    MemoryClass.CPU,
                    1,
                    recipe,
                    Instant.EPOCH);
            DreamBoothTrainerFactory factory =
                    new DreamBoothTrainerFactory(BaseModels.of(BASES.toString()), store, ComputeOptions.CPU);
            try (LoraTraining training = factory.open(event, dataset, null, () -> {})) {
                while (!training.done()) {
                    training.step();
                }
                Map<String, String> values = new HashMap<>();
                EffectiveSettings effective = training.effective(1, "w").orElseThrow();
                effective.settings().forEach(setting -> values.put(setting.key(), setting.value()));
                return new Outcome(
                        values,
                        LoraFile.read("lora", training.publishableLora()).metadata());
            }
        }

        private PreparedDataset dataset() {
            Size size = recipe.training().bucketArea();
            Recipe.Subject subject = recipe.subject();
            String called = subject.promptedBy() == PromptedBy.TOKEN ? subject.instancePrompt() : subject.classPrompt();
            boolean region = recipe.mask() == LossMask.REGION;
            List<PreparedPicture> instances = pictures(4, size, called + ", in a park", Color.RED, region);
            int beside = switch (recipe.prior().mode()) {
                case CLASS_PICTURES -> recipe.prior().classPictures();
                case WHOLE_PICTURES, TRANSPLANT -> instances.size();
                case BASE_PREDICTION, OFF -> 0;
            };
            boolean masked = Boolean.TRUE.equals(recipe.prior().headMasked());
            List<PreparedPicture> classPictures = pictures(beside, size, subject.classPrompt(), Color.BLUE, masked);
            return new PreparedDataset(
                    new RunId("anna-01234567"),
                    new TrainingPlan(size, List.of(new BucketCount(size, 4, beside)), List.of()),
                    instances,
                    classPictures);
        }

        /** @param masked only a part of each counts */
        private static List<PreparedPicture> pictures(
                int count, Size size, String caption, Color color, boolean masked) {
            List<PreparedPicture> pictures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] png = png(size, color, i);
                ObjectRef ref = store.put("pictures/" + Sha256.of(png), png, "image/png");
                byte[] part = png(size, Color.WHITE, i);
                ObjectRef mask = masked ? store.put("masks/" + Sha256.of(part), part, "image/png") : null;
                pictures.add(new PreparedPicture(ref, caption, size, size, 0, 0, 1, false, Framing.HALF, null, mask));
            }
            return pictures;
        }

        private static byte[] png(Size size, Color color, int which) {
            BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setColor(color);
            pen.fillOval(4 + which, 4, 20, 20);
            pen.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", png);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return png.toByteArray();
        }
    }
}
