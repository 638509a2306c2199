package athanor.ingest;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunState;
import athanor.contracts.run.WorkerSeen;
import athanor.shell.RepeatedTask;
import athanor.shell.RunLog;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks every few seconds at the runs that wait in a queue, so that none waits without saying what for. */
@ApplicationScoped
class WaitingRuns {

    private static final Logger LOG = Logger.getLogger(WaitingRuns.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /** Workers give a sign every ten seconds; their clocks may differ a little. */
    private static final Duration ALIVE = Duration.ofSeconds(60);

    private final RunBoard board;
    private final ObjectStore store;
    private final IngestSettings settings;
    private final Clock clock;
    private @Nullable RepeatedTask looks;

    WaitingRuns(RunBoard board, ObjectStore store, IngestSettings settings, Clock clock) {
        this.board = board;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        looks = RepeatedTask.forever("waiting-runs", BETWEEN_LOOKS, this::look);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (looks != null) {
            looks.close();
        }
    }

    private void look() {
        try {
            lookAtAll();
        } catch (RuntimeException e) {
            LOG.debugf("what the runs wait for is not known: %s", e.getMessage());
        }
    }

    private void lookAtAll() {
        Instant before = clock.instant().minus(settings.sayWaitingAfter());
        List<RunCard> waiting = board.all().stream()
                .filter(card -> card.state() instanceof RunState.Queued)
                .filter(card -> !card.since().isAfter(before))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        List<WorkerSeen> workers = workers();
        for (RunCard card : waiting) {
            String sentence = needOf(card)
                    .flatMap(event -> Waiting.sentence(event.runId(), event.memoryClass(), workers))
                    .orElse(null);
            if (!Objects.equals(sentence, card.waitsFor())) {
                say(card, sentence);
            }
        }
    }

    private void say(RunCard seen, @Nullable String sentence) {
        board.tell(seen.runId(), card -> card.state() instanceof RunState.Queued ? card.waitingFor(sentence) : card);
        if (sentence != null) {
            RunLog.about(seen.runId(), () -> LOG.infof("The run %s", sentence));
        }
    }

    private Optional<DatasetPrepared> needOf(RunCard card) {
        return readable(ObjectKeys.datasetAnnounced(card.runId()), DatasetPrepared.class);
    }

    /** What cannot be read, because it is damaged or of a later version, is no reason to leave the others unseen. */
    private <T> Optional<T> readable(String key, Class<T> type) {
        try {
            return store.find(key).map(found -> Json.read(found.bytes(), type));
        } catch (JsonException e) {
            LOG.debugf("%s is passed over: %s", key, e.getMessage());
            return Optional.empty();
        }
    }

    private List<WorkerSeen> workers() {
        Instant earliest = clock.instant().minus(ALIVE);
        return store.list(ObjectKeys.workers()).stream()
                .flatMap(key -> readable(key, WorkerSeen.class).stream())
                .filter(worker -> worker.at().isAfter(earliest))
                .toList();
    }
}
