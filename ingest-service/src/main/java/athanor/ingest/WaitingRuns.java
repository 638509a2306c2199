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
import java.util.Comparator;
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
        List<RunCard> waiting = board.all().stream()
                .filter(card -> card.state() instanceof RunState.Queued)
                .sorted(Comparator.comparing(RunCard::since))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<WorkerSeen> live = workers.all();
        Estimates estimates = Estimates.by(board.all());
        WaitingLine line = new WaitingLine(
                live,
                run -> board.find(run)
                        .map(card -> Estimates.secondsLeft(card, now))
                        .orElse(null));
        for (RunCard card : waiting) {
            DatasetPrepared need = needOf(card).orElse(null);
            RunCard.Wait wait = need == null ? null : wait(need, live, line, estimates);
            // A run that has just come, or a worker that is just started, needs no words.
            boolean early = card.since().isAfter(now.minus(settings.sayWaitingAfter()));
            if (!Objects.equals(wait, card.waits()) && !(early && (wait == null || wait.seconds() == null))) {
                say(card, wait);
            }
        }
    }

    private static RunCard.@Nullable Wait wait(
            DatasetPrepared need, List<WorkerSeen> live, WaitingLine line, Estimates estimates) {
        WaitingLine.Place place = line.next(
                new WaitingLine.Waiter(need.runId(), need.memoryClass(), estimates.trainingSeconds(need.recipe())));
        return Waiting.sentence(need.runId(), need.memoryClass(), live, place.behind())
                .map(sentence -> new RunCard.Wait(sentence, place.seconds()))
                .orElse(null);
    }

    private void say(RunCard seen, RunCard.@Nullable Wait wait) {
        board.tell(seen.runId(), card -> card.state() instanceof RunState.Queued ? card.waiting(wait) : card);
        String before = seen.waits() == null ? "" : seen.waits().sentence();
        if (wait != null && !wait.sentence().equals(before)) {
            RunLog.about(seen.runId(), () -> LOG.infof("The run %s", wait.sentence()));
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
