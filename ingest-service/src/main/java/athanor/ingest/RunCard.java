package athanor.ingest;

import athanor.contracts.LoraTrained;
import athanor.contracts.RunId;
import athanor.contracts.RunSnapshot;
import athanor.contracts.RunState;
import athanor.contracts.SamplesRendered;
import athanor.contracts.TrainingProgressed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events said about one run so far. A new card replaces the old one; nothing is ever changed in place.
 *
 * @param history every state with the time it was entered, oldest first
 * @param progress of the training, the farthest that was heard of
 * @param samples test pictures, the farthest that were heard of
 */
record RunCard(
        RunId runId,
        String name,
        RunState state,
        Instant updatedAt,
        List<Entered> history,
        @Nullable TrainingProgressed progress,
        @Nullable LoraTrained trained,
        @Nullable SamplesRendered samples) {

    /** A state and when the run entered it. */
    record Entered(String state, Instant at) {}

    /** Waits for the first state of its run. */
    static RunCard blank(RunId run) {
        return new RunCard(run, run.value(), new RunState.Requested(), Instant.EPOCH, List.of(), null, null, null);
    }

    static RunCard from(RunSnapshot snapshot) {
        return blank(snapshot.runId()).with(snapshot);
    }

    boolean announced() {
        return !history.isEmpty();
    }

    /** Old news and second deliveries leave the card as it is. */
    RunCard with(RunSnapshot snapshot) {
        if (announced() && !isNews(snapshot.state())) {
            return this;
        }
        List<Entered> entered = new ArrayList<>(history);
        if (!announced() || !state.name().equals(snapshot.state().name())) {
            entered.add(new Entered(snapshot.state().name(), snapshot.at()));
        }
        String known = snapshot.name().equals(runId.value()) ? name : snapshot.name();
        return new RunCard(
                runId, known, snapshot.state(), snapshot.at(), List.copyOf(entered), progress, trained, samples);
    }

    private boolean isNews(RunState next) {
        if (state.over() || next.rank() < state.rank() || next.equals(state)) {
            return false;
        }
        if (next instanceof RunState.Training training) {
            return attemptOf(state) <= training.attempt();
        }
        return true;
    }

    private static int attemptOf(RunState state) {
        if (state instanceof RunState.Training training) {
            return training.attempt();
        }
        return state instanceof RunState.Paused paused ? paused.attempt() : 0;
    }

    RunCard with(TrainingProgressed next) {
        boolean news = progress == null
                || next.attempt() > progress.attempt()
                || next.attempt() == progress.attempt() && next.step() > progress.step();
        return news ? new RunCard(runId, name, state, next.at(), history, next, trained, samples) : this;
    }

    RunCard with(LoraTrained event) {
        return new RunCard(runId, name, state, updatedAt, history, progress, event, samples);
    }

    RunCard with(SamplesRendered next) {
        boolean news = samples == null || next.step() >= samples.step() || next.last();
        return news ? new RunCard(runId, name, state, updatedAt, history, progress, trained, next) : this;
    }
}
