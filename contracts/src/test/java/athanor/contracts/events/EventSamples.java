package athanor.contracts.events;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.FramingProfile;
import athanor.contracts.proof.Estimate;
import athanor.contracts.proof.Measures;
import athanor.contracts.proof.ProvedFraming;
import athanor.contracts.proof.ProvedSize;
import athanor.contracts.proof.ProvedTrial;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.ProofEffort;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.List;

/** One event of every type with every field filled, in the order of {@link EventType}. */
public final class EventSamples {

    public static final RunId RUN = new RunId("anna-7f3a09c2");
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final Recipe RECIPE = Recipe.defaults("tiny", "woman").with("samples.negativePrompt", "blurred");

    private EventSamples() {}

    public static List<RunEvent> all() {
        return List.of(
                new RunRequested(
                        RUN,
                        "Anna",
                        List.of(new RequestedPicture(object("in/1.jpg"), "1.jpg", "in a park")),
                        RECIPE,
                        NOON),
                new DatasetAccepted(RUN, "Anna", object("datasets/anna-7f3a09c2/manifest.json"), 8, 1, RECIPE, NOON),
                new ClassPicturesRequested(
                        RUN,
                        "Anna",
                        "tiny",
                        "a photo of a woman",
                        List.of(new ClassBatch(new Size(64, 64), 32)),
                        20,
                        3,
                        SamplerName.DDIM,
                        7,
                        NOON),
                new ClassPicturesRendered(
                        RUN,
                        "Anna",
                        List.of(new ClassPicture(
                                object("class-pictures/ab/7.png"), "a photo of a woman", new Size(64, 64), 7)),
                        9.5,
                        NOON),
                new DatasetPrepared(
                        RUN,
                        "Anna",
                        object("runs/anna/prepared/dataset.json"),
                        MemoryClass.G8,
                        1,
                        RECIPE,
                        NOON,
                        new FramingProfile(
                                List.of(new FramingProfile.Shown(Framing.HALF, 29, 1, true, 0.21, 0.26, 0.31, 0.9)),
                                1,
                                List.of("walk.jpg"))),
                new DrawingProgressed(RUN, DrawingProgressed.Kind.CLASS_PICTURES, 8, 32, 9.5, NOON),
                new TrainingProgressed(RUN, 1, 120, 300, 0.08, 0.05, 3e-3, 0.12, 700_000_000L, 21.6, NOON),
                new CheckpointSaved(
                        RUN, 1, 100, 300, object("runs/anna/checkpoints/1-100/lora.safetensors"), RECIPE, NOON),
                new LoraTrained(
                        RUN,
                        "Anna",
                        1,
                        300,
                        object("runs/anna/loras/Anna.safetensors"),
                        List.of(new Size(64, 64)),
                        0.07,
                        0.05,
                        36,
                        RECIPE,
                        NOON),
                new SamplesRendered(
                        RUN,
                        300,
                        true,
                        List.of(new Sample(
                                object("runs/anna/samples/300/1.png"),
                                "a photo of a sks woman",
                                1000,
                                1,
                                new Size(64, 64),
                                List.of("the size was never trained"))),
                        object("runs/anna/samples/300/contact-sheet.png"),
                        List.of("the subject appears under its trigger"),
                        4.2,
                        NOON),
                new ProofRendered(
                        RUN,
                        "Anna",
                        ProofEffort.QUICK,
                        new Recommendation(
                                200,
                                0.8,
                                object("runs/anna/checkpoints/1-200/lora.safetensors"),
                                "Use the LoRA of step 200 at strength 0.8."),
                        List.of("\"a photo of a woman\" stays what it was."),
                        new Measures(8, 0.99, new Estimate(0.02, 0, 0.2, 8), 0.97),
                        List.of(new ProvedTrial(
                                200,
                                0.8,
                                new Estimate(0.9, 0.6, 0.98, 8),
                                new Estimate(0.05, 0, 0.3, 4),
                                1.2,
                                List.of(new ProvedFraming("full body", new Estimate(1, 0.34, 1, 2))),
                                new Estimate(0, 0, 0.3, 8),
                                new Estimate(0.1, 0, 0.4, 8),
                                0.85)),
                        List.of(new ProvedSize(
                                1.5,
                                new Estimate(0.6, 0.3, 0.8, 8),
                                new Estimate(0.02, 0, 0.2, 8),
                                new Estimate(0.3, 0.1, 0.6, 8))),
                        object("runs/anna/proof/proof.md"),
                        object("runs/anna/proof/proof.png"),
                        84,
                        6.3,
                        NOON),
                new RunCommand.CancelRun(RUN, NOON),
                new RunCommand.StopAndKeep(RUN, NOON),
                new RunCommand.PauseRun(RUN, NOON),
                new RunCommand.ResumeRun(RUN, NOON),
                new RunCommand.SampleNow(RUN, NOON),
                new RunSnapshot(RUN, "Anna", new RunState.Training(120, 300, 1), NOON),
                new RunErased(RUN, 8, 8, 32, 6, 24, 1, 21, NOON));
    }

    public static ObjectRef object(String key) {
        return new ObjectRef("athanor", key, 12, "0123456789abcdef".repeat(4));
    }
}
