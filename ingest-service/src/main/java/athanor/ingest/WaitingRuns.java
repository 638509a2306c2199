package athanor.ingest;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunState;
import athanor.contracts.run.WorkerSeen;
import athanor.shell.LiveWorkers;
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

    private final RunBoard board;
    private final ObjectStore store;
    private final LiveWorkers workers;
    private final IngestSettings settings;
    private final Clock clock;
    private @Nullable RepeatedTask looks;

    WaitingRuns(RunBoard board, ObjectStore store, LiveWorkers workers, IngestSettings settings, Clock clock) {
        this.board = board;
        this.store = store;
        this.workers = workers;
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
        List<WorkerSeen> live = workers.all();
        for (RunCard card : waiting) {
            String sentence = needOf(card)
                    .flatMap(event -> Waiting.sentence(event.runId(), event.memoryClass(), live))
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
        String key = ObjectKeys.datasetAnnounced(card.runId());
        try {
            return store.find(key).map(found -> Json.read(found.bytes(), DatasetPrepared.class));
        } catch (JsonException e) {
            LOG.debugf("%s is passed over: %s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
