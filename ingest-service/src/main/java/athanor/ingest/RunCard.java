package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the events said about one run so far. A new card replaces the old one; nothing is ever changed in place.
 *
 * @param history every state with the time it was entered, oldest first
 * @param progress of the training, the farthest that was heard of
 * @param samples test pictures, the farthest that were heard of
 * @param proof what was measured of the finished LoRA
 * @param waitsFor why it has not gone on for a while; absent when there is nothing to say
 */
record RunCard(
        RunId runId,
        String name,
        RunState state,
        Instant updatedAt,
        List<RunView.Entered> history,
        @Nullable TrainingProgressed progress,
        @Nullable LoraTrained trained,
        @Nullable SamplesRendered samples,
        @Nullable ProofRendered proof,
        @Nullable String waitsFor) {

    /** Waits for the first state of its run. */
    static RunCard blank(RunId run) {
        return new RunCard(
                run, run.value(), new RunState.Requested(), Instant.EPOCH, List.of(), null, null, null, null, null);
    }

    static RunCard from(RunSnapshot snapshot) {
        return blank(snapshot.runId()).with(snapshot);
    }

    boolean announced() {
        return !history.isEmpty();
    }

    /** Old news and second deliveries leave the card as it is. */
    RunCard with(RunSnapshot snapshot) {
        if (announced() && !snapshot.state().follows(state) && !isResumedBy(snapshot)) {
            return this;
        }
        List<RunView.Entered> entered = new ArrayList<>(history);
        if (!announced() || !state.name().equals(snapshot.state().name())) {
            entered.add(new RunView.Entered(snapshot.state().name(), snapshot.at()));
        }
        String known = snapshot.name().equals(runId.value()) ? name : snapshot.name();
        return new RunCard(
                runId,
                known,
                snapshot.state(),
                snapshot.at(),
                List.copyOf(entered),
                progress,
                trained,
                samples,
                proof,
                null);
    }

    /** A failed run is told to be alive again only when somebody resumed it; what was told before it failed is older. */
    private boolean isResumedBy(RunSnapshot snapshot) {
        return state instanceof RunState.Failed
                && !snapshot.state().over()
                && snapshot.at().isAfter(since());
    }

    RunCard with(TrainingProgressed next) {
        boolean news = progress == null
                || next.attempt() > progress.attempt()
                || next.attempt() == progress.attempt() && next.step() > progress.step();
        return news
                ? new RunCard(runId, name, state, next.at(), history, next, trained, samples, proof, waitsFor)
                : this;
    }

    RunCard with(LoraTrained event) {
        return new RunCard(runId, name, state, updatedAt, history, progress, event, samples, proof, waitsFor);
    }

    RunCard with(SamplesRendered next) {
        boolean news = samples == null || next.last() || !samples.last() && next.step() >= samples.step();
        return news
                ? new RunCard(runId, name, state, updatedAt, history, progress, trained, next, proof, waitsFor)
                : this;
    }

    RunCard with(ProofRendered event) {
        return new RunCard(runId, name, state, updatedAt, history, progress, trained, samples, event, waitsFor);
    }

    /** @param sentence null when it need not wait any more */
    RunCard waitingFor(@Nullable String sentence) {
        return new RunCard(runId, name, state, updatedAt, history, progress, trained, samples, proof, sentence);
    }

    /** When the run entered the state it is in. */
    Instant since() {
        return history.isEmpty() ? updatedAt : history.get(history.size() - 1).at();
    }

    Optional<ObjectRef> lora() {
        return state instanceof RunState.Finished finished
                ? Optional.of(finished.lora())
                : Optional.ofNullable(trained).map(LoraTrained::lora);
    }

    Optional<ObjectRef> contactSheet() {
        return state instanceof RunState.Finished finished
                ? Optional.of(finished.contactSheet())
                : Optional.ofNullable(samples).map(SamplesRendered::contactSheet);
    }

    /** How to use the LoRA comes first, then what its pictures show. */
    List<String> verdicts() {
        return Stream.concat(
                        Stream.ofNullable(proof)
                                .flatMap(proved -> Stream.concat(
                                        Stream.of(proved.recommended().sentence()), proved.findings().stream())),
                        Stream.ofNullable(samples).flatMap(rendered -> rendered.verdicts().stream()))
                .toList();
    }

    /** As a list shows it. */
    RunView view() {
        return view(null, null);
    }

    RunView view(@Nullable Recipe recipe, RunView.@Nullable Pictures pictures) {
        return new RunView(
                runId,
                name,
                state,
                updatedAt,
                history,
                recipe,
                pictures,
                waitsFor,
                progress,
                lora().orElse(null),
                contactSheet().orElse(null),
                verdicts(),
                proof == null ? null : proof.recommended());
    }
}
