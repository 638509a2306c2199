package athanor.stack.suite;

import static athanor.stack.suite.StackUnderTest.QUICK;
import static athanor.stack.suite.StackUnderTest.RUN;
import static athanor.stack.suite.StackUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.LoraView;
import athanor.contracts.rest.RunErasure;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.stack.StackSettings;
import athanor.stack.client.Photograph;
import athanor.stack.client.PhotographFolder;
import athanor.stack.command.InThisProcess;
import athanor.stack.infra.StoreKeys;
import athanor.stack.run.Outcome;
import athanor.stack.service.Readiness;
import athanor.stack.service.Service;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The suite as a user meets it: the launcher, real processes, a real broker and store, real gradients. One stack serves
 * the tests in the middle; the first and the last ones start and end it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuiteIT {

    private static final Path EXAMPLES =
            Path.of("../tiny-base/examples").toAbsolutePath().normalize();
    /** Static, because the tests share one store. */
    @TempDir
    static Path folder;

    private StackUnderTest stack;
    private Launched up;

    @BeforeAll
    void findFreePorts() throws IOException {
        stack = StackUnderTest.in(folder);
        // Of a stack in containers that is kept in the same folder; this one is on the loopback address and asks nobody
        // for keys.
        Files.writeString(folder.resolve(".env"), "ATHANOR_ACCESS_KEYS=*:%s\n".formatted("0".repeat(64)));
    }

    @AfterAll
    void endWhatIsLeft() {
        if (up != null) {
            up.close();
        }
    }

    @Test
    @Order(1)
    void theDemoLeavesALoraAContactSheetAndAReportAndNothingElse() throws Exception {
        try (Launched demo = stack.launch("demo", "--out", "results")) {
            assertThat(demo.exitCode(START.plus(RUN))).as(demo.output()).isZero();

            assertThat(demo.output()).contains("stack ready in").contains("results/report.md");
            assertThat(metadataOf(onlySafetensorsIn(folder.resolve("results")))).contains("ss_network_dim");
            assertThat(ImageIO.read(folder.resolve("results/contact-sheet.png").toFile())
                            .getWidth())
                    .isGreaterThan(200);
            assertThat(folder.resolve("results/report.md"))
                    .content()
                    .contains("## Plan", "## Times", "| Training |", "## Verdicts", "## Recipe");
        }
        stack.assertPortsAreFree();
    }

    @Test
    @Order(2)
    void aSecondStartTakesTheSameStore() throws Exception {
        up = stack.launch("up");
        up.awaitOutput("Ctrl-C stops it", START);

        try (Launched runs = stack.client("runs")) {
            assertThat(runs.exitCode(QUICK)).as(runs.output()).isZero();
            assertThat(runs.output()).contains("Finished");
        }
    }

    @Test
    @Order(3)
    void oneEventOnKafkaStartsARunWithoutRest() throws Exception {
        RunId runId = new RunId("kafka-only-1");
        Path event = folder.resolve("run.json");
        Files.writeString(
                event,
                Json.pretty(new RunRequested(
                        runId, "kafka-only", picturesInTheBucket(), smallRecipe("tiny"), Instant.now())));

        try (Launched produce = stack.client("produce", event.toString())) {
            assertThat(produce.exitCode(QUICK)).as(produce.output()).isZero();
        }
        awaitRun(runId.value());
        try (Launched run = stack.client("run", runId.value())) {
            assertThat(run.exitCode(RUN)).as(run.output()).isZero();
            assertThat(run.output()).contains("finished");
        }
    }

    @Test
    @Order(4)
    void aPictureOnDemandComesFromTheFinishedRun() throws Exception {
        try (Launched sample = stack.client(
                "sample", "a photo of a sks woman", "--lora", "kafka-only-1", "--count", "1", "--steps", "4")) {
            assertThat(sample.exitCode(RUN)).as(sample.output()).isZero();
        }
        assertThat(ImageIO.read(folder.resolve("sample-1.png").toFile())).isNotNull();
    }

    @Test
    @Order(4)
    void theSamePicturesAreTrainedAgainAndOneRunIsErasedWithoutTheOther() throws Exception {
        InThisProcess train = InThisProcess.athanor(stack.with(
                "train", "--clone", "kafka-only-1", "--name", "again", "--out", folder + "/again", "--json"));
        assertThat(train.exitCode()).as(train.errors()).isZero();
        assertThat(train.errors()).contains("pictures of run kafka-only-1", "4 pictures: 4 used");
        Outcome.Answer trained = Json.read(train.out(), Outcome.Answer.class);
        assertThat(trained.files()).containsKeys("contactSheet", "lora", "losses", "report");
        String clone = trained.run().runId().value();
        assertThat(metadataOf(onlySafetensorsIn(folder.resolve("again")))).contains("ss_network_dim");

        try (Launched checkpoints = stack.client("checkpoints", clone)) {
            assertThat(checkpoints.exitCode(QUICK)).as(checkpoints.output()).isZero();
            assertThat(checkpoints.output()).matches("(?s).*step +\\d+ of \\d+  loss 0\\.\\d{4}.*");
        }
        try (Launched losses = stack.client("losses", clone)) {
            assertThat(losses.exitCode(QUICK)).as(losses.output()).isZero();
            assertThat(losses.output()).contains("learning rate");
        }
        Path shown = folder.resolve("preparation");
        try (Launched preparation = stack.client("preparation", clone, "--out", shown.toString())) {
            assertThat(preparation.exitCode(QUICK)).as(preparation.output()).isZero();
            assertThat(preparation.output()).contains("digest    ");
        }
        try (Stream<Path> pictures = Files.list(shown)) {
            assertThat(pictures.map(Path::toString).toList())
                    .hasSize(8)
                    .filteredOn(name -> name.endsWith(".as-the-model-sees-it.png"))
                    .hasSize(4);
        }
        assertThat(stack.answer(RunErasure[].class, "rm", clone)).allMatch(RunErasure::done);
        assertThat(stack.refused("run", clone)).contains("was erased on");
        assertThat(stack.refused("rm", "no-such-run")).contains("no-such-run");
        try (Launched runs = stack.client("runs")) {
            assertThat(runs.exitCode(QUICK)).as(runs.output()).isZero();
            assertThat(runs.output()).contains("kafka-only-1").doesNotContain(clone);
        }
    }

    @Test
    @Order(5)
    void everyCommandAnswersAProgramInJson() {
        assertThat(stack.answer(RunView[].class, "runs"))
                .extracting(run -> run.runId().value())
                .contains("kafka-only-1");
        Outcome.Answer run = stack.answer(Outcome.Answer.class, "run", "kafka-only-1");
        assertThat(run.run().state()).isInstanceOf(RunState.Finished.class);
        assertThat(stack.answer(Outcome.Answer.class, "download", "kafka-only-1", "--out", folder + "/taken")
                        .files())
                .containsKeys("contactSheet", "lora", "losses", "report");
        assertThat(stack.answer(CheckpointView[].class, "checkpoints", "kafka-only-1"))
                .extracting(CheckpointView::step)
                .containsExactly(3, 6);
        assertThat(stack.answer(TrainedStep[].class, "losses", "kafka-only-1")).hasSize(6);
        assertThat(stack.answer(LoraView[].class, "loras"))
                .filteredOn(lora -> lora.runId().value().equals("kafka-only-1"))
                .singleElement()
                .satisfies(lora -> assertThat(
                                Objects.requireNonNull(lora.training()).steps())
                        .isEqualTo(6));
        assertThat(stack.answer(
                        List.class,
                        "sample",
                        "a photo of a woman",
                        "--lora",
                        "kafka-only-1@3",
                        "--count",
                        "1",
                        "--steps",
                        "2",
                        "--out",
                        folder + "/taken"))
                .hasSize(1);
        assertThat(stack.answer(Map.class, "topics")).containsKey("topics");
    }

    @Test
    @Order(5)
    void theConsoleShowsWhatTheServicesHave() throws Exception {
        try (ConsoleVisit console = new ConsoleVisit(stack.ports().of(Service.CONSOLE.defaultPort()))) {
            assertThat(console.text("/")).contains("Runs", "kafka-only-1", "Finished");
            assertThat(console.text("/runs/kafka-only-1"))
                    .contains("Losses", "Samples of each checkpoint", "Step 6", "Step 3", "Download LoRA");
            console.assertNothingForeign();
        }
    }

    @Test
    @Order(5)
    void aRunIsDoneInTheBrowserAlone() throws Exception {
        try (ConsoleVisit console = new ConsoleVisit(stack.ports().of(Service.CONSOLE.defaultPort()))) {
            RunInTheConsole run = RunInTheConsole.opened(console, "pressed", """
                    training.steps=6
                    training.checkpointEverySteps=6
                    prior.classPictures=2
                    samples.picturesPerPrompt=1
                    samples.steps=4
                    proof=full
                    """);
            run.upload(PhotographFolder.read(EXAMPLES.resolve("moss")).photographs().subList(0, 4).stream()
                    .map(Photograph::file)
                    .toList());
            run.leaveOutAndTakeBack("02.png");
            run.write("01.png", "a ohwx woman by the pond");
            run.sayFraming("03.png", "full body");
            run.planAndStart();
            run.awaitState("Finished", RUN);
            run.vote();
            run.draw("a photo of ohwx woman");
            run.erase();

            assertThat(stack.refused("run", run.id())).contains("was erased on");
            console.assertNothingForeign();
        }
    }

    /** Each with one step: what is made of the pictures is looked at by the tests of the preparation. */
    @ParameterizedTest
    @Order(5)
    @ValueSource(
            strings = {
                "instances=heads-and-wholes prior.mode=base-prediction prior.blankPrompt=true",
                "prior.mode=whole-pictures prior.headMasked=true subject.promptedBy=class-word",
                "prior.mode=transplant prior.consent=true",
                "prior.mode=off plainFineTuning=true subject.kind=object mask=none"
            })
    void everyWayOfLearningAndOfHoldingTheClassEndsInALora(String changes) throws Exception {
        Path out = folder.resolve("way" + Math.abs(changes.hashCode()));
        List<String> train = new ArrayList<>(List.of(stack.with(
                "train",
                EXAMPLES + "/moss",
                "--class-noun",
                "woman",
                "--name",
                "way",
                "--out",
                out.toString(),
                "--json")));
        if (changes.contains("transplant")) {
            train.addAll(List.of("--class-pictures", EXAMPLES + "/coral"));
        }
        boolean preset = changes.contains("object");
        if (preset) {
            train.addAll(List.of("--preset", "thorough"));
        }
        for (String change : changes.split(" ")) {
            train.addAll(List.of("--set", change));
        }
        for (String change : List.of(
                "training.steps=1",
                "samples.picturesPerPrompt=1",
                "samples.steps=1",
                "samples.prompts={instance}",
                "proof=off")) {
            train.addAll(List.of("--set", change));
        }

        InThisProcess command = InThisProcess.athanor(train.toArray(String[]::new));

        assertThat(command.exitCode()).as(command.errors()).isZero();
        assertThat(metadataOf(onlySafetensorsIn(out)))
                .containsPattern("ss_network_dim\\W+%s\\b".formatted(preset ? "16" : "8"));
        assertThat(out.resolve("report.md"))
                .content()
                .contains(changes.contains("heads") ? "01.png, head" : "## Pictures");
        if (changes.contains("whole-pictures") || changes.contains("transplant")) {
            assertThat(out.resolve("report.md")).content().contains("| 02.png | 64 x 64 |");
        }
    }

    @Test
    @Order(6)
    void anEventThatIsNoJsonLandsInTheDeadLetterTopicAndHarmsNothing() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", "127.0.0.1:" + stack.ports().kafka()),
                new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(Topics.RUN_REQUESTED, "bad-1", "{ no json");
            record.headers().add("ce_type", "athanor.RunRequested.v1".getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }

        assertThat(firstValueOf(Topics.deadLetter(Topics.RUN_REQUESTED))).isEqualTo("{ no json");
        try (Launched runs = stack.client("runs")) {
            assertThat(runs.exitCode(QUICK)).as(runs.output()).isZero();
        }
    }

    @Test
    @Order(6)
    void wrongWishesGetOneSentenceEach() throws Exception {
        assertThat(stack.refused("run", "no-such-run")).contains("no-such-run");
        assertThat(stack.refused("cancel", "no-such-run")).contains("no-such-run");
        assertThat(stack.refused(
                        stack.with("train", EXAMPLES + "/moss", "--class-noun", "woman", "--base", "nonesuch")))
                .contains("nonesuch");
        Path broken = Files.createDirectories(folder.resolve("一位女子"));
        Files.write(broken.resolve("größe.png"), new byte[] {1, 2, 3});
        try (Launched train = stack.launch("train", broken.toString(), "--class-noun", "woman")) {
            assertThat(train.exitCode(QUICK)).isEqualTo(1);
            assertThat(train.output()).contains("größe.png").contains("athanor: the only picture cannot be used");
        }
    }

    @Test
    @Order(7)
    void aSecondStackOnTheSameFolderIsRefused() throws Exception {
        assertThat(stack.refused(stack.with("up"))).contains("another stack").contains("./athanor down");
        assertThat(stack.refused(
                        "up",
                        "--data",
                        folder + "/other",
                        "--port-offset",
                        Integer.toString(stack.ports().offset())))
                .contains("is in use by another program");
        try (Launched runs = stack.client("runs")) {
            assertThat(runs.exitCode(QUICK))
                    .as("the first stack is found as before: " + runs.output())
                    .isZero();
        }
    }

    @Test
    @Order(8)
    void aServiceThatDiesIsStartedAgain() throws Exception {
        ProcessHandle ingest = service("ingest-service");

        ingest.destroyForcibly();

        up.awaitOutput("ingest-service ended by itself", QUICK);
        assertThat(up.output()).contains("it is started again", "ingest-service.1.log");
        long deadline = System.nanoTime() + QUICK.toNanos();
        while (!(new Readiness().of(stack.ports().of(Service.INGEST.defaultPort()))
                instanceof Readiness.Answer.Ready)) {
            assertThat(System.nanoTime()).as("ready again in time").isLessThan(deadline);
            Thread.sleep(250);
        }
    }

    private ProcessHandle service(String name) {
        return up.children().stream()
                .filter(process -> process.info().commandLine().orElse("").contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(9)
    void stoppingLeavesNoProcessAndNoPort() throws Exception {
        List<ProcessHandle> services = up.children();
        assertThat(services)
                .as("four services, their decoders, and the console")
                .hasSizeGreaterThanOrEqualTo(5);

        up.askToStop();

        up.exitCode(QUICK);
        assertThat(services).noneMatch(ProcessHandle::isAlive);
        stack.assertPortsAreFree();
    }

    private void awaitRun(String runId) throws Exception {
        long deadline = System.nanoTime() + QUICK.toNanos();
        while (true) {
            try (Launched runs = stack.client("runs")) {
                runs.exitCode(QUICK);
                if (runs.output().contains(runId)) {
                    return;
                }
                assertThat(System.nanoTime()).as(runs.output()).isLessThan(deadline);
            }
        }
    }

    private static Recipe smallRecipe(String base) {
        Recipe recipe = Recipe.defaults(base, "woman");
        for (String setting : StackUnderTest.SMALL) {
            String[] change = setting.split("=", 2);
            recipe = recipe.with(change[0], change[1]);
        }
        return recipe;
    }

    private List<RequestedPicture> picturesInTheBucket() throws Exception {
        ObjectStore store = new MinioObjectStore(
                "http://127.0.0.1:" + stack.ports().store(),
                StoreKeys.LOCAL.accessKey(),
                StoreKeys.LOCAL.secretKey(),
                StackSettings.BUCKET,
                "us-east-1");
        List<RequestedPicture> pictures = new ArrayList<>();
        for (Photograph photograph :
                PhotographFolder.read(EXAMPLES.resolve("coral")).photographs().subList(0, 4)) {
            ObjectRef object =
                    store.put("uploads/" + photograph.fileName(), Files.readAllBytes(photograph.file()), "image/png");
            pictures.add(new RequestedPicture(object, photograph.fileName(), null));
        }
        return pictures;
    }

    private String firstValueOf(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", "127.0.0.1:" + stack.ports().kafka(),
                        "group.id", "suite-test",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + QUICK.toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    return record.value();
                }
            }
            return "nothing came";
        }
    }

    private static Path onlySafetensorsIn(Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    /** The JSON header of a safetensors file: eight bytes of length, then the text. */
    private static String metadataOf(Path safetensors) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(header);
        return new String(header, StandardCharsets.UTF_8);
    }
}
