package athanor.contracts.rest;

import static athanor.contracts.events.EventSamples.NOON;
import static athanor.contracts.events.EventSamples.RECIPE;
import static athanor.contracts.events.EventSamples.RUN;
import static athanor.contracts.events.EventSamples.object;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.RejectedPicture;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.PublishedFiles;
import athanor.contracts.events.Sample;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.guard.GuardRule;
import athanor.contracts.json.Json;
import athanor.contracts.picture.Evidence;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
import athanor.contracts.picture.Severity;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.recipe.Targets;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON that is taken and answered over REST; clients that are not of this repository read it. */
class GoldenRestTest {

    private static final Size SIZE = new Size(64, 96);

    private static final Finding SOFT =
            new Finding(FindingCode.BLURRED, Severity.WARNING, "it is blurred", Evidence.measured(2.5, 1.5));

    private static final MeasuredPicture MEASURED = new MeasuredPicture(
            1024,
            1536,
            1024,
            1536,
            false,
            1.1,
            0.3,
            0.8,
            0.9,
            1.05,
            0.7,
            1.2,
            1.5,
            1.01,
            92.0,
            250,
            0.02,
            200,
            new MeasuredPicture.Fingerprint(
                    "fedcba9876543210".repeat(4),
                    "0f1e2d3c4b5a6978",
                    "1f1e2d3c4b5a6978",
                    "2f1e2d3c4b5a6978",
                    "3f1e2d3c4b5a6978"));

    private static final PeopleLook PEOPLE = new PeopleLook(
            List.of(new FaceSeen(0.4, 0.1, 0.2, 0.15, 0.92)),
            1,
            Framing.HALF,
            0.2,
            "the lowest joint that is seen is a hip",
            "a detector 1.0");

    private static final PlanView PLAN = new PlanView(
            SIZE,
            List.of(new PlanView.Bucket(SIZE, 8)),
            5_000_000_000L,
            700_000_000L,
            36.0,
            0.25,
            0.4,
            List.of("few pictures"),
            List.of(new PlanView.Picture(
                    "1.jpg", new Size(1024, 1536), SIZE, 0.0625, 0.004, 0.01, 0.1, 0.02, 5.5, null)),
            "TINY",
            "g8",
            8_589_934_592L,
            "bfloat16",
            2,
            16,
            PriorMode.CLASS_PICTURES,
            true,
            300,
            "measured: 0.12 s a step on a machine",
            SIZE,
            new PlanView.NextCard("g12", new Size(96, 144), 0.5, "a card with 12 GiB would keep more"));

    private static final PictureFate FATE = new PictureFate(
            "0123456789abcdef".repeat(4),
            PLAN.pictures().get(0),
            new PictureFate.Cut(0, 51, 1024, 1434),
            "a photo of a sks woman, half body",
            PictureFate.CaptionFrom.BUILT,
            Framing.HALF,
            PEOPLE.faces(),
            List.of(SOFT),
            object("runs/anna/prepared/pictures/1.png"));

    private static final EffectiveSettings EFFECTIVE = new EffectiveSettings(
            RUN,
            1,
            "worker-1",
            "cpu",
            NOON,
            List.of(new EffectiveSettings.Setting("training.steps", "300", "the trainer is done after them")),
            List.of(new EffectiveSettings.Part("lora of the unet", "float32", 120_000)),
            List.of(new EffectiveSettings.Effect("NOISE_OFFSET", true, 0.5, 0.4, 0.01, 4)),
            List.of(new EffectiveSettings.Caption("1.png", "a photo of a sks woman", 6, 75, "in a park")),
            Map.of("libtorch", "2.7.1"));

    private static final HeadPair PAIR = new HeadPair(
            "0123456789abcdef".repeat(4),
            "1.jpg",
            "1.jpg",
            object("runs/anna/prepared/pictures/2.png"),
            object("runs/anna/prepared/pictures/3.png"),
            SIZE,
            SIZE,
            0.0625,
            new PictureFate.Cut(300, 51, 400, 400),
            new PictureFate.Cut(24, 8, 12, 14),
            2.5,
            0.2,
            Framing.FULL,
            1.02);

    static List<Record> everyAnswerAndRequest() {
        return List.of(
                new RunView(
                        RUN,
                        "Anna",
                        new RunState.Training(120, 300, 1),
                        NOON,
                        List.of(new RunView.Entered("Requested", NOON)),
                        RECIPE,
                        new RunView.Pictures(8, 1),
                        "waits for a worker",
                        125.0,
                        36.0,
                        new DrawingProgressed(RUN, DrawingProgressed.Kind.TEST_PICTURES, 4, 24, 10, NOON),
                        new TrainingProgressed(RUN, 1, 120, 300, 0.08, 0.05, 3e-3, 0.12, 700_000_000L, 21.6, NOON),
                        object("runs/anna/loras/Anna.safetensors"),
                        object("runs/anna/samples/300/contact-sheet.png"),
                        List.of("the subject appears under its trigger"),
                        new Recommendation(
                                200,
                                0.8,
                                object("runs/anna/checkpoints/1-200/lora.safetensors"),
                                "Use the LoRA of step 200 at strength 0.8.")),
                new RunReport(
                        RUN,
                        "Anna",
                        new RunState.Rendering(),
                        8,
                        List.of(new RejectedPicture("2.jpg", "it is too small")),
                        new TrainingPlan(SIZE, List.of(new BucketCount(SIZE, 8, 32)), List.of("few pictures"), PLAN),
                        List.of(FATE),
                        List.of(new RunReport.Stage("Requested", 1.5)),
                        new RunReport.Training(300, 1, 36, 0.07, 0.05, List.of(SIZE)),
                        List.of("the subject appears under its trigger"),
                        EFFECTIVE,
                        List.of(PAIR)),
                EFFECTIVE,
                new PlanRequest(
                        "tiny",
                        null,
                        "g8",
                        "bfloat16",
                        2,
                        16,
                        PriorMode.CLASS_PICTURES,
                        Targets.ATTENTION,
                        false,
                        0.1,
                        2,
                        true,
                        300,
                        SIZE,
                        List.of(new PlanRequest.Picture(
                                "1.jpg", 1024, 1536, 900, 1350, PEOPLE.faces().get(0)))),
                PLAN,
                new RunPreparation(
                        RUN,
                        "sd15",
                        "0123456789abcdef".repeat(4),
                        new TrainingPlan(SIZE, List.of(new BucketCount(SIZE, 8, 32)), List.of("few pictures"), PLAN),
                        List.of(new RunPreparation.Prepared(FATE, "/runs/anna/preparation/1.jpg/preview")),
                        List.of(PAIR)),
                new TriggerView(
                        "ohwx", "tiny", 2, 75, TriggerView.Verdict.GOOD, "it is no word of the base", List.of("sks")),
                PictureVerdict.accepted(new AcceptedPicture(
                        "0123456789abcdef".repeat(4),
                        object("in/1.jpg"),
                        "1.jpg",
                        SIZE,
                        "JPEG",
                        "in a park",
                        new PictureLook(List.of(SOFT), MEASURED, PEOPLE))),
                new PictureView(
                        "1.jpg",
                        true,
                        List.of(SOFT),
                        SIZE,
                        "JPEG",
                        "0123456789abcdef".repeat(4),
                        "in a park",
                        MEASURED,
                        PEOPLE.faces(),
                        PEOPLE.people(),
                        PEOPLE.framing(),
                        PEOPLE.headShare(),
                        PEOPLE.detector(),
                        Region.parse("head 0.4 0.1 0.2 0.2"),
                        Framing.HALF),
                new PicturesReport(
                        3,
                        2,
                        1,
                        1,
                        List.of(new PicturesReport.SideCount(512, 768, 2)),
                        Map.of(FindingCode.BLURRED, 1),
                        Map.of(Framing.HALF, 2),
                        List.of(new PicturesReport.Alike("1.jpg", List.of("3.jpg"))),
                        List.of("add pictures"),
                        List.of("all captions say the same")),
                new ChoiceView("heads", PriorMode.WHOLE_PICTURES, true, "the class word shows the subject"),
                new PictureCorrection(false, "half", "head 0.4 0.1 0.2 0.2"),
                new SampleJob(
                        "4f1c",
                        SampleJob.State.DRAWING,
                        "a photo of a sks woman",
                        Instant.parse("2026-11-24T10:15:30Z"),
                        7,
                        20,
                        3.5,
                        null,
                        null),
                new SampleCheck(
                        true,
                        "a photo of a sks woman",
                        SIZE,
                        false,
                        List.of(new GuardAnswer(
                                GuardRule.SIZE,
                                "size 832x1216",
                                "512x768",
                                "it was never shown",
                                "draw at 512x768",
                                GuardAnswer.Outcome.WARNED))),
                new PicturesReceived(
                        List.of(new PictureView(
                                "1.jpg",
                                true,
                                List.of(SOFT),
                                SIZE,
                                "JPEG",
                                "0123456789abcdef".repeat(4),
                                "in a park",
                                MEASURED,
                                PEOPLE.faces(),
                                PEOPLE.people(),
                                PEOPLE.framing(),
                                PEOPLE.headShare(),
                                PEOPLE.detector(),
                                null,
                                null)),
                        List.of(new SkippedFile("notes.pdf", "has no ending of a picture that can be read"))),
                new SampleRequest(
                        "tiny",
                        List.of(new SampleRequest.WishedLora(
                                RUN.value(), object("in/a.safetensors"), 0.8, 200, "oil-paint")),
                        "a photo of a sks woman",
                        "blurred",
                        7L,
                        2,
                        20,
                        7.5,
                        SamplerName.DDIM,
                        SIZE,
                        GuardMode.REWRITE,
                        true,
                        0.35),
                new SampleResponse(
                        List.of(new Sample(
                                object("samples/1/7.png"), "a photo of a sks woman", 7, 0.8, SIZE, List.of())),
                        List.of("the size was never trained"),
                        List.of(new GuardAnswer(
                                GuardRule.SIZE,
                                "size 128x192",
                                "64x96",
                                "it is 2.0 times the edge of 64x96",
                                "two passes",
                                GuardAnswer.Outcome.REWRITTEN)),
                        4.2),
                new WorkerView(
                        "gpu-1-00c0de",
                        "cpu",
                        List.of(MemoryClass.CPU),
                        new WorkerView.Training(RUN.value(), "Anna", 1, 100, 300, NOON),
                        Map.of(MemoryClass.CPU, 2)),
                new CheckpointView(
                        RUN,
                        1,
                        100,
                        300,
                        "gpu-1-00c0de",
                        object("runs/anna/checkpoints/1-100/lora.safetensors"),
                        List.of(SIZE),
                        0.07,
                        0.05,
                        36,
                        NOON,
                        new TrainedStep.Validation(0.08, 0.04, List.of(new TrainedStep.Band(0, 0.02, 0.01))),
                        true,
                        null),
                new LoraView(
                        RUN,
                        "Anna",
                        object("runs/anna/loras/Anna.safetensors"),
                        NOON,
                        new LoraView.Training("tiny", "sks", "woman", 8, 300, List.of(SIZE), 0.07, 36)),
                new TrainedStep(
                        100,
                        1,
                        0.07,
                        0.05,
                        1e-4,
                        0.36,
                        NOON,
                        List.of(new TrainedStep.Band(0, 0.02, null)),
                        700_000_000L,
                        72.0,
                        Map.of("unet/mid_block", 0.4),
                        new TrainedStep.Validation(0.08, 0.05, List.of(new TrainedStep.Band(3, 0.08, 0.05)))),
                Problem.of(404, "unknown run", "there is no run 'ben'"));
    }

    private static Path fileOf(Class<?> record) {
        return PublishedFiles.GOLDEN.resolve("rest").resolve(record.getSimpleName() + ".json");
    }

    @ParameterizedTest
    @MethodSource("everyAnswerAndRequest")
    void itIsWrittenAsItAlwaysWas(Record record) throws IOException {
        PublishedFiles.assertUpToDate(fileOf(record.getClass()), Json.pretty(record));
    }

    @ParameterizedTest
    @MethodSource("everyAnswerAndRequest")
    void whatWasPublishedCanStillBeRead(Record record) throws IOException {
        String golden = Files.readString(fileOf(record.getClass()));

        assertThat(Json.read(golden, record.getClass())).isEqualTo(record);
    }

    @Test
    void whatIsAbsentIsLeftOut() {
        RunView listed = new RunView(
                RUN,
                "Anna",
                new RunState.Queued(),
                NOON,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);

        assertThat(Json.write(listed))
                .isEqualTo("{\"runId\":\"anna-7f3a09c2\",\"name\":\"Anna\",\"state\":{\"type\":\"Queued\"},"
                        + "\"updatedAt\":\"2026-11-23T12:00:00Z\",\"history\":[],\"verdicts\":[]}");
        assertThat(Json.write(PictureVerdict.rejected("2.jpg", FindingCode.SIZE, "it is too small")))
                .isEqualTo("{\"fileName\":\"2.jpg\",\"reason\":\"it is too small\",\"code\":\"SIZE\"}");
    }

    @Test
    void aRunIsOpenedWithAWholeRecipeOrWithSomeOfItsFields() {
        assertThat(Json.write(new NewRun("Anna", RECIPE)))
                .isEqualTo("{\"name\":\"Anna\",\"recipe\":%s}".formatted(Json.write(RECIPE)));
        assertThat(Json.write(Json.read("{\"name\":\"Anna\",\"recipe\":{\"training\":{\"steps\":7}}}", NewRun.class)))
                .isEqualTo("{\"name\":\"Anna\",\"recipe\":{\"training\":{\"steps\":7}}}");
    }
}
