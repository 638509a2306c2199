package athanor.ingest;

import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every run with what its events said, in memory. The run-state topic is compacted, so the board is whole again after a
 * restart; each process reads all of it for itself.
 */
@ApplicationScoped
class RunBoard {

    private final Map<RunId, RunCard> cards = new ConcurrentHashMap<>();
    private final BroadcastProcessor<RunCard> changes = BroadcastProcessor.create();

    private final StageTimes stageTimes;

    RunBoard(StageTimes stageTimes) {
        this.stageTimes = stageTimes;
    }

    Optional<RunCard> find(RunId run) {
        return Optional.ofNullable(cards.get(run)).filter(RunCard::announced);
    }

    long count(Predicate<RunCard> counts) {
        return cards.values().stream().filter(RunCard::announced).filter(counts).count();
    }

    /** Newest first. */
    List<RunCard> all() {
        return cards.values().stream()
                .filter(RunCard::announced)
                .sorted(Comparator.comparing(
                                (RunCard card) -> card.history().get(0).at())
                        .reversed())
                .toList();
    }

    /** The run as it is and after each change, until it is over. A slow reader sees the latest, not every one. */
    Multi<RunCard> follow(RunId run) {
        Multi<RunCard> later =
                changes.filter(card -> card.runId().equals(run)).onOverflow().dropPreviousItems();
        Multi<RunCard> now = Multi.createFrom().items(() -> find(run).stream());
        return Multi.createBy()
                .merging()
                .streams(later, now)
                .onItem()
                .transformToMultiAndConcatenate(RunBoard::withEnd)
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }

    /** An empty one after the last card ends the stream. */
    private static Multi<Optional<RunCard>> withEnd(RunCard card) {
        return card.state().over()
                ? Multi.createFrom().items(Optional.of(card), Optional.empty())
                : Multi.createFrom().item(Optional.of(card));
    }

    /** Nothing is shown of it any more. */
    synchronized void forget(RunId run) {
        cards.remove(run);
    }

    synchronized void tell(RunSnapshot snapshot) {
        if (snapshot.state() instanceof RunState.Erased) {
            forget(snapshot.runId());
            return;
        }
        show(cards.merge(snapshot.runId(), RunCard.from(snapshot), (old, first) -> {
            RunCard card = old.with(snapshot);
            stageTimes.moved(old, card);
            return card;
        }));
    }

    /** After a restart the facts of one topic may come before the states of another: they wait on a blank card. */
    synchronized void tell(RunId run, UnaryOperator<RunCard> news) {
        show(cards.compute(run, (id, old) -> news.apply(old == null ? RunCard.blank(run) : old)));
    }

    private void show(RunCard card) {
        if (card.announced()) {
            changes.onNext(card);
        }
    }
}
