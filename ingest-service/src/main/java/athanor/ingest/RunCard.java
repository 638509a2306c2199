package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.DrawingProgressed;
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
 * @param drawing of the pictures that it waits for just now
 * @param samples test pictures, the farthest that were heard of
 * @param proof what was measured of the finished LoRA
 * @param waits why it has not gone on for a while; absent when there is nothing to say
 */
record RunCard(
        RunId runId,
        String name,
        RunState state,
        Instant updatedAt,
        List<RunView.Entered> history,
        @Nullable TrainingProgressed progress,
        @Nullable DrawingProgressed drawing,
        @Nullable LoraTrained trained,
        @Nullable SamplesRendered samples,
        @Nullable ProofRendered proof,
        @Nullable Wait waits) {

    /** @param seconds until it goes on, as far as that is known */
    record Wait(String sentence, @Nullable Double seconds) {}

    /** Waits for the first state of its run. */
    static RunCard blank(RunId run) {
        return new RunCard(
                run,
                run.value(),
                new RunState.Requested(),
                Instant.EPOCH,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null);
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
        boolean sameStage = state.name().equals(snapshot.state().name());
        return new RunCard(
                runId,
                known,
                snapshot.state(),
                snapshot.at(),
                List.copyOf(entered),
                progress,
                sameStage ? drawing : null,
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
                ? new RunCard(
                        runId, name, state, movedAt(next.at()), history, next, drawing, trained, samples, proof, waits)
                : this;
    }

    /** After a restart the news of a run come in behind its end, which stays when it was. */
    private Instant movedAt(Instant news) {
        return state.over() ? updatedAt : news;
    }

    /** Of a stage that is over nobody waits any more. */
    RunCard with(DrawingProgressed next) {
        boolean awaited = switch (next.kind()) {
            case UPLOADED_PICTURES -> state instanceof RunState.Requested || state instanceof RunState.Validating;
            case INSTANCE_PICTURES, CLASS_PICTURES -> state instanceof RunState.Preparing;
            case TEST_PICTURES, PROOF_PICTURES -> state instanceof RunState.Rendering;
        };
        return awaited
                ? new RunCard(runId, name, state, next.at(), history, progress, next, trained, samples, proof, waits)
                : this;
    }

    RunCard with(LoraTrained event) {
        return new RunCard(runId, name, state, updatedAt, history, progress, drawing, event, samples, proof, waits);
    }

    RunCard with(SamplesRendered next) {
        boolean news = samples == null || next.last() || !samples.last() && next.step() >= samples.step();
        return news
                ? new RunCard(runId, name, state, updatedAt, history, progress, drawing, trained, next, proof, waits)
                : this;
    }

    RunCard with(ProofRendered event) {
        return new RunCard(runId, name, state, updatedAt, history, progress, drawing, trained, samples, event, waits);
    }

    /** @param why null when it need not wait any more */
    RunCard waiting(@Nullable Wait why) {
        return new RunCard(runId, name, state, updatedAt, history, progress, drawing, trained, samples, proof, why);
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
        return view(null, null, null);
    }

    /** @param estimatedSeconds of its training */
    RunView view(@Nullable Recipe recipe, RunView.@Nullable Pictures pictures, @Nullable Double estimatedSeconds) {
        return new RunView(
                runId,
                name,
                state,
                updatedAt,
                history,
                recipe,
                pictures,
                waits == null ? null : waits.sentence(),
                waits == null ? null : waits.seconds(),
                estimatedSeconds,
                drawing,
                progress != null && state.over() ? progress.atItsEnd() : progress,
                lora().orElse(null),
                contactSheet().orElse(null),
                verdicts(),
                proof == null ? null : proof.recommended());
    }
}
