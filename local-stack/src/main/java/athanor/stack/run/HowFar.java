package athanor.stack.run;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.terminal.ProgressBar;
import java.util.Locale;

/** What a run is doing just now, how much of it is done, and how long the rest will take as far as that is known. */
public final class HowFar {

    private HowFar() {}

    /** One line without the name of the stage; empty when there is nothing to say. */
    public static String of(RunView run) {
        TrainingProgressed step = run.progress();
        DrawingProgressed drawing = run.drawing();
        if (run.state() instanceof RunState.Training) {
            return step == null ? "loading the base model" + thenTrains(run) : training(step);
        }
        if (drawing != null) {
            return drawing(drawing);
        }
        if (run.state() instanceof RunState.Queued) {
            return queued(run) + thenTrains(run);
        }
        if (run.state() instanceof RunState.Paused paused) {
            return "paused after step %d of %d".formatted(paused.step(), paused.total());
        }
        return idle(run.state()) + thenTrains(run);
    }

    private static String training(TrainingProgressed at) {
        return at.step() == at.totalSteps()
                ? "%s done, publishing the LoRA"
                        .formatted(
                                at.totalSteps() == 1
                                        ? "the one step is"
                                        : "all %d steps are".formatted(at.totalSteps()))
                : "%s  step %d/%d  %s  ETA %s"
                        .formatted(
                                ProgressBar.of(at.step(), at.totalSteps()),
                                at.step(),
                                at.totalSteps(),
                                losses(at),
                                ProgressBar.duration(at.etaSeconds()));
    }

    private static String losses(TrainingProgressed at) {
        return at.priorLoss() > 0
                ? String.format(Locale.ROOT, "loss %.4f, prior %.4f", at.instanceLoss(), at.priorLoss())
                : String.format(Locale.ROOT, "loss %.4f", at.instanceLoss());
    }

    private static String drawing(DrawingProgressed at) {
        if (at.kind() == DrawingProgressed.Kind.TEST_PICTURES && at.done() == at.total()) {
            return "all %d test pictures are drawn, measuring what the LoRA can do".formatted(at.total());
        }
        return "%s  %s %d of %d  ETA %s"
                .formatted(
                        ProgressBar.of(at.done(), at.total()),
                        called(at.kind()),
                        at.done(),
                        at.total(),
                        ProgressBar.duration(at.etaSeconds()));
    }

    private static String called(DrawingProgressed.Kind kind) {
        return switch (kind) {
            case UPLOADED_PICTURES -> "looking at picture";
            case INSTANCE_PICTURES -> "cutting picture";
            case CLASS_PICTURES -> "class picture";
            case TEST_PICTURES -> "test picture";
            case PROOF_PICTURES -> "picture to measure by";
        };
    }

    private static String queued(RunView run) {
        String waits = run.waitsFor() == null ? "waits for a train service" : run.waitsFor();
        return run.waitsSeconds() == null
                ? waits
                : "%s, about %s".formatted(waits, ProgressBar.duration(run.waitsSeconds()));
    }

    private static String thenTrains(RunView run) {
        return run.estimatedSeconds() == null
                ? ""
                : "; then trains for about %s".formatted(ProgressBar.duration(run.estimatedSeconds()));
    }

    private static String idle(RunState state) {
        if (state instanceof RunState.Requested) {
            return "waits for its start";
        }
        if (state instanceof RunState.Validating) {
            return "looking at each picture";
        }
        if (state instanceof RunState.Preparing) {
            return "crops, captions and class pictures";
        }
        return state instanceof RunState.Rendering ? "test pictures with and without the LoRA" : "";
    }
}
