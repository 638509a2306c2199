package athanor.ingest;

import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunId;
import athanor.shell.RepeatedTask;
import athanor.shell.RunLog;
import athanor.store.StoreException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finishes, after a restart, the starts that the last process did not get through. */
@ApplicationScoped
class UnfinishedStarts {

    private static final Logger LOG = Logger.getLogger(UnfinishedStarts.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Drafts drafts;
    private final StartRun startRun;
    private @Nullable RepeatedTask task;

    UnfinishedStarts(Drafts drafts, StartRun startRun) {
        this.drafts = drafts;
        this.startRun = startRun;
    }

    void start(@Observes StartupEvent started) {
        task = RepeatedTask.untilDone("unfinished-starts", PAUSE, this::finishAll);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (task != null) {
            task.close();
        }
    }

    /** @return whether the store answered */
    boolean finishAll() {
        try {
            drafts.frozenButNotAnnounced().forEach(run -> RunLog.about(run, () -> finishByItself(run)));
            return true;
        } catch (StoreException e) {
            LOG.debugf("unfinished starts wait for the store: %s", e.getMessage());
            return false;
        }
    }

    /** A document that cannot be read is no reason to leave the other runs behind. */
    private void finishByItself(RunId run) {
        try {
            finish(run);
        } catch (JsonException e) {
            LOG.errorf("The start of %s cannot be finished: %s", run, e.getMessage());
        }
    }

    private void finish(RunId run) {
        drafts.find(run)
                .ifPresent(draft -> drafts.manifest(run).ifPresent(manifest -> {
                    LOG.infof("Announcing the dataset of %s, which an earlier process had closed", run);
                    startRun.announce(draft, manifest);
                }));
    }
}
