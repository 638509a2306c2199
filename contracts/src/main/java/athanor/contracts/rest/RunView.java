package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown.
 *
 * @param history every state with the time it was entered, oldest first
 * @param recipe absent in lists
 * @param pictures how many were taken and refused; absent in lists
 * @param waitsFor why a queued run has not begun, or behind which runs it waits; absent when there is nothing to say
 * @param waitsSeconds until its turn comes; absent where that is not known
 * @param estimatedSeconds of its training, by a run like it that was trained here; absent when there was none, in lists, and
 *     once it trains
 * @param drawing how far the class pictures or the test pictures are; absent while none are drawn
 * @param progress the last that the training told; of a run that is over nothing is left to wait for
 * @param lora absent until the training has ended
 * @param contactSheet of the last checkpoint while the run goes on
 * @param verdicts sentences about the test pictures, and before them what the proof found
 * @param recommended how the LoRA is best used; absent where that was not measured
 */
public record RunView(
        RunId runId,
        String name,
        RunState state,
        Instant updatedAt,
        List<Entered> history,
        @Nullable Recipe recipe,
        @Nullable Pictures pictures,
        @Nullable String waitsFor,
        @Nullable Double waitsSeconds,
        @Nullable Double estimatedSeconds,
        @Nullable DrawingProgressed drawing,
        @Nullable TrainingProgressed progress,
        @Nullable ObjectRef lora,
        @Nullable ObjectRef contactSheet,
        List<String> verdicts,
        @Nullable Recommendation recommended) {

    /** The same run, waiting for something that is said otherwise. */
    public RunView waitingFor(@Nullable String other) {
        return new RunView(
                runId,
                name,
                state,
                updatedAt,
                history,
                recipe,
                pictures,
                other,
                waitsSeconds,
                estimatedSeconds,
                drawing,
                progress,
                lora,
                contactSheet,
                verdicts,
                recommended);
    }

    /** A state and when the run entered it. */
    public record Entered(String state, Instant at) {}

    public record Pictures(int accepted, int rejected) {}
}
