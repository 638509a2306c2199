package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown.
 *
 * @param history every state with the time it was entered, oldest first
 * @param recipe absent in lists
 * @param pictures how many were taken and refused; absent in lists
 * @param waitsFor why a queued run has not begun for a while and what to do about it; absent when there is nothing to say
 * @param progress the last that the training told
 * @param verdicts sentences about the test pictures
 */
record RunView(
        RunId runId,
        String name,
        RunState state,
        Instant updatedAt,
        List<RunCard.Entered> history,
        @Nullable Recipe recipe,
        @Nullable Pictures pictures,
        @Nullable String waitsFor,
        @Nullable TrainingProgressed progress,
        @Nullable ObjectRef lora,
        @Nullable ObjectRef contactSheet,
        List<String> verdicts) {

    record Pictures(int accepted, int rejected) {}

    static RunView of(RunCard card) {
        return of(card, null, null);
    }

    static RunView of(RunCard card, @Nullable Recipe recipe, @Nullable Pictures pictures) {
        return new RunView(
                card.runId(),
                card.name(),
                card.state(),
                card.updatedAt(),
                card.history(),
                recipe,
                pictures,
                card.waitsFor(),
                card.progress(),
                loraOf(card).orElse(null),
                contactSheetOf(card).orElse(null),
                Optional.ofNullable(card.samples())
                        .map(SamplesRendered::verdicts)
                        .orElse(List.of()));
    }

    static Optional<ObjectRef> loraOf(RunCard card) {
        return card.state() instanceof RunState.Finished finished
                ? Optional.of(finished.lora())
                : Optional.ofNullable(card.trained()).map(trained -> trained.lora());
    }

    static Optional<ObjectRef> contactSheetOf(RunCard card) {
        return card.state() instanceof RunState.Finished finished
                ? Optional.of(finished.contactSheet())
                : Optional.ofNullable(card.samples()).map(SamplesRendered::contactSheet);
    }
}
