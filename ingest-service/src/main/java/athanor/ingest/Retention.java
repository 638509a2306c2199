package athanor.ingest;

import athanor.contracts.run.RunState;
import athanor.shell.RepeatedTask;
import athanor.shell.RunLog;
import athanor.store.StoreException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Erases runs that are older than their operator wants to keep them. */
@ApplicationScoped
class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final RunBoard board;
    private final Erasures erasures;
    private final RetentionSettings settings;
    private final Clock clock;
    private @Nullable RepeatedTask looks;

    Retention(RunBoard board, Erasures erasures, RetentionSettings settings, Clock clock) {
        this.board = board;
        this.erasures = erasures;
        this.settings = settings;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        if (settings.finished().isPresent() || settings.drafts().isPresent()) {
            looks = RepeatedTask.forever("retention", settings.lookEvery(), this::look);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (looks != null) {
            looks.close();
        }
    }

    private void look() {
        try {
            board.all().stream()
                    .filter(this::isTooOld)
                    .forEach(card -> RunLog.about(card.runId(), () -> {
                        LOG.infof(
                                "The run is %s since %s and is not kept any longer",
                                card.state().name(), card.since());
                        erasures.erase(card);
                    }));
        } catch (StoreException e) {
            LOG.warnf("Runs that are too old stay for now: %s", e.getMessage());
        }
    }

    private boolean isTooOld(RunCard card) {
        Optional<Duration> kept = card.state().over()
                ? settings.finished()
                : settings.drafts().filter(most -> card.state() instanceof RunState.Requested);
        return kept.isPresent() && card.since().plus(kept.get()).isBefore(clock.instant());
    }
}
