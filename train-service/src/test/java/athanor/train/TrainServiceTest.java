package athanor.train;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.json.Json;
import athanor.contracts.picture.Framing;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.shell.EventPublisher;
import athanor.shell.Reading;
import athanor.shell.TraceParent;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import io.opentelemetry.context.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service with real gradients on a small random base of the real architecture. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class TrainServiceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Size SIZE = new Size(64, 64);

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final RunId run = RunId.fresh("anna", new Random());

    @Test
    void aPreparedDatasetBecomesALoraThatTellsHowItWasMade() throws Exception {
        publisher.publish(prepared("sd1", 6), "preprocess/dataset", 1);

        LoraTrained trained = (LoraTrained) first(Topics.LORA_TRAINED, LoraTrained.class::isInstance);

        assertThat(trained.steps()).isEqualTo(6);
        assertThat(trained.finalInstanceLoss()).isPositive();
        assertThat(trained.finalPriorLoss()).isPositive();
        assertThat(trained.trainedSizes()).containsExactly(SIZE);
        byte[] lora = store.read(trained.lora());
        try (SafetensorsFile file = SafetensorsFile.of("lora", lora)) {
            assertThat(file.names()).anyMatch(name -> name.startsWith("lora_unet_") && name.endsWith(".alpha"));
            assertThat(file.metadata())
                    .containsEntry("ss_network_module", "networks.lora")
                    .containsEntry("ss_base_model_version", "sd_v1")
                    .containsEntry("ss_steps", "6")
                    .containsEntry("modelspec.architecture", "stable-diffusion-v1/lora")
                    .containsEntry("modelspec.resolution", "64x64")
                    .containsEntry("athanor.trained_sizes", "64x64")
                    .containsEntry("athanor.framings", "{\"HALF\":2}")
                    .containsEntry("athanor.trigger", "sks")
                    .containsEntry("athanor.class_noun", "woman")
                    .containsEntry(
                            "modelspec.usage_hint",
                            "for example \"a photo of a sks woman\", at 64x64, where it was trained.");
            assertThat(file.metadata().get("athanor.plan"))
                    .startsWith("{\"area\":{\"width\":64,\"height\":64}")
                    .contains("\"bytes\":3000000000", "\"memoryBytes\":16000000000")
                    .doesNotContain("anna.jpg");
        }
        EffectiveSettings effective = Json.read(
                store.find(ObjectKeys.effectiveSettings(run, 1)).orElseThrow().bytes(), EffectiveSettings.class);
        assertThat(effective.settings())
                .extracting(EffectiveSettings.Setting::key)
                .containsAll(Recipe.keys());
        assertThat(effective.captions())
                .extracting(EffectiveSettings.Caption::caption)
                .containsExactly(
                        "a photo of a sks woman", "a photo of a sks woman", "a photo of a woman", "a photo of a woman");
        assertThat(effective.versions()).containsKey("libtorch");
        assertThat(effective.effects())
                .filteredOn(effect -> effect.setting().equals("PRIOR"))
                .allMatch(effect -> effect.changed() && effect.lossWithout() < effect.loss());
        String key = ObjectKeys.cardOf(trained.lora().key());
        await().atMost(PATIENCE).until(() -> store.find(key).isPresent());
        assertThat(new String(store.find(key).orElseThrow().bytes(), UTF_8))
                .startsWith("# `anna`\n")
                .contains("Write `sks` into the prompt", "| Trained sizes | 64 x 64 |", "| Framings | half body: 2 |")
                .contains("| Not seen | ", "full body", "\"rank\":4");
        assertThat(CheckpointFolder.complete(store, run))
                .extracting(CheckpointFolder::step)
                .containsExactly(4, 6);
        List<TrainedStep> kept = store.list(ObjectKeys.trainedSteps(run)).stream()
                .filter(part -> !part.endsWith("-open.jsonl"))
                .flatMap(part -> new String(store.find(part).orElseThrow().bytes(), UTF_8).lines())
                .map(line -> Json.read(line, TrainedStep.class))
                .toList();
        assertThat(kept).extracting(TrainedStep::step).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(kept).allSatisfy(step -> {
            assertThat(step.instanceLoss()).isPositive();
            assertThat(step.learningRate()).isPositive();
        });
    }

    @Test
    void aLoraThatChangesNothingIsNotPublished() {
        publisher.publish(
                prepared("sd1", 2, Map.of("training.learningRate", "0", "prior.mode", "BASE_PREDICTION"), List.of()),
                "preprocess/dataset",
                1);

        RunState.Failed failed = failure();

        assertThat(failed.reason()).isEqualTo(FailureReason.NOTHING_LEARNT);
        assertThat(failed.evidence())
                .isEqualTo("all B at zero: after 2 steps the LoRA changes nothing of what the base draws");
        assertThat(failed.remedy()).contains("Raise training.learningRate");
        assertThat(store.list(ObjectKeys.loras(run))).isEmpty();
    }

    @Test
    void theBasesOwnAnswersAreAPriorThatNeedsNoClassPictures() {
        publisher.publish(
                prepared("sd1", 6, Map.of("prior.mode", "BASE_PREDICTION"), List.of()), "preprocess/dataset", 1);

        LoraTrained trained = (LoraTrained) first(Topics.LORA_TRAINED, LoraTrained.class::isInstance);

        assertThat(trained.steps()).isEqualTo(6);
        assertThat(trained.finalPriorLoss()).isPositive();
    }

    @Test
    void whatATrainingTellsBelongsToTheTraceOfTheEventThatAskedForIt() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (Scope scope = TraceParent.context("00-%s-00f067aa0ba902b7-01".formatted(trace))
                .makeCurrent()) {
            publisher.publish(prepared("sd1", 6), "preprocess/dataset", 1);
        }

        for (Class<?> told : List.of(TrainingProgressed.class, CheckpointSaved.class, LoraTrained.class)) {
            String topic = told == TrainingProgressed.class ? Topics.TRAINING_PROGRESS : Topics.LORA_TRAINED;
            assertThat(TraceParent.in(firstRecord(topic, told::isInstance).headers()))
                    .as(told.getSimpleName())
                    .contains(trace);
        }
        assertThat(TraceParent.in(firstRecord(Topics.RUN_STATE, told -> true).headers()))
                .contains(trace);
    }

    @Test
    void anUnknownBaseFailsTheRunWithTheNamesThatExist() {
        publisher.publish(prepared("sd9", 6), "preprocess/dataset", 1);

        RunState.Failed failed = failure();

        assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN_BASE_MODEL);
        assertThat(failed.evidence()).contains("no base model 'sd9'").contains("sd1");
    }

    @Test
    void aPictureThatChangedInTheStoreFailsTheRun() {
        DatasetPrepared event = prepared("sd1", 6);
        PreparedDataset dataset = Json.read(store.read(event.prepared()), PreparedDataset.class);
        store.put(dataset.instances().get(0).picture().key(), "other bytes".getBytes(UTF_8), "image/png");
        publisher.publish(event, "preprocess/dataset", 1);

        RunState.Failed failed = failure();

        assertThat(failed.reason()).isEqualTo(FailureReason.OBJECT_MISSING_OR_DAMAGED);
        assertThat(failed.evidence()).contains("is damaged");
    }

    @Test
    void aTrainingIsCancelledByACommand() {
        publisher.publish(prepared("sd1", 5_000), "preprocess/dataset", 1);
        await().atMost(PATIENCE)
                .until(() -> run.value().equals(given().get("/worker").path("training.run")));

        publisher.publish(new RunCommand.CancelRun(run, Instant.now()), "test/cancel", 1);

        assertThat(((RunSnapshot) first(Topics.RUN_STATE, event -> isState(event, RunState.Cancelled.class))).state())
                .isEqualTo(new RunState.Cancelled());
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/worker").then().body("training", nullValue()));
    }

    @Test
    void aRecordThatIsNoEventIsPutAside() {
        String queue = Topics.trainingQueue(MemoryClass.CPU);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> later = new ProducerRecord<>(queue, run.value(), "{}".getBytes(UTF_8));
            later.headers().add("ce_type", "athanor.DatasetPrepared.v7".getBytes(UTF_8));
            later.headers().add("ce_id", "x/y/1".getBytes(UTF_8));
            producer.send(later);
        }

        ConsumerRecord<String, byte[]> put = TopicReader.first(
                bootstrapServers,
                Topics.deadLetter(queue),
                record -> run.value().equals(record.key()),
                PATIENCE);

        assertThat(new String(put.headers().lastHeader("dead-letter-reason").value(), UTF_8))
                .contains("of a version that this service does not know");
    }

    @Test
    void theServiceTellsHowItIs() {
        given().get("/worker")
                .then()
                .statusCode(200)
                .body("serves", equalTo(List.of("CPU")))
                .body("device", equalTo("cpu"));
        given().get("/q/health/live").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/metrics").then().body(containsString("athanor_train_waiting"));
        given().get("/q/openapi").then().body(containsString("/worker"));
    }

    private RunState.Failed failure() {
        return (RunState.Failed) ((RunSnapshot) first(Topics.RUN_STATE, event -> isState(event, RunState.Failed.class)))
                .state();
    }

    private static boolean isState(Object event, Class<?> state) {
        return event instanceof RunSnapshot snapshot && state.isInstance(snapshot.state());
    }

    private Object first(String topic, Predicate<Object> wanted) {
        return ((Reading.Event) Reading.of(firstRecord(topic, wanted))).event();
    }

    private ConsumerRecord<String, byte[]> firstRecord(String topic, Predicate<Object> wanted) {
        return TopicReader.first(
                bootstrapServers,
                topic,
                candidate -> run.value().equals(candidate.key())
                        && Reading.of(candidate) instanceof Reading.Event found
                        && wanted.test(found.event()),
                PATIENCE);
    }

    private DatasetPrepared prepared(String base, int steps) {
        return prepared(base, steps, Map.of(), pictures(2, "a photo of a woman", Color.BLUE));
    }

    private DatasetPrepared prepared(
            String base, int steps, Map<String, String> changes, List<PreparedPicture> classPictures) {
        Recipe recipe = Recipe.defaults(base, "woman")
                .with("subject.trigger", "sks")
                .with("training.steps", String.valueOf(steps))
                .with("training.checkpointEverySteps", "4")
                .with("training.batchSize", "1")
                .with("training.area", SIZE.toString())
                .with("network.rank", "4");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            recipe = recipe.with(change.getKey(), change.getValue());
        }
        List<PreparedPicture> instances = pictures(2, "a photo of a sks woman", Color.RED);
        PreparedDataset dataset = new PreparedDataset(
                run,
                new TrainingPlan(SIZE, List.of(new BucketCount(SIZE, 2, classPictures.size())), List.of(), memory()),
                instances,
                classPictures);
        ObjectRef ref = store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
        return new DatasetPrepared(run, "anna", ref, MemoryClass.CPU, 1, recipe, Instant.now());
    }

    private static PlanView memory() {
        return new PlanView(
                SIZE,
                List.of(new PlanView.Bucket(SIZE, 1)),
                3_000_000_000L,
                1_000_000_000L,
                null,
                1,
                null,
                List.of("anna.jpg is small"),
                List.of(new PlanView.Picture("anna.jpg", SIZE, SIZE, 1, 1, null, 0, null, null, null)),
                "SD1",
                "cpu",
                16_000_000_000L,
                "float32",
                1,
                4,
                PriorMode.CLASS_PICTURES,
                false,
                6,
                "not known",
                null,
                null);
    }

    private List<PreparedPicture> pictures(int count, String caption, Color color) {
        List<PreparedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] png = png(color, i);
            ObjectRef ref = store.put(ObjectKeys.preparedPicture(run, Sha256.of(png)), png, "image/png");
            pictures.add(new PreparedPicture(ref, caption, SIZE, SIZE, 0, 0, 1, false, Framing.HALF));
        }
        return pictures;
    }

    private static byte[] png(Color color, int which) {
        BufferedImage image = new BufferedImage(SIZE.width(), SIZE.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(color);
        pen.fillOval(8 + which, 8, 40, 40);
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
