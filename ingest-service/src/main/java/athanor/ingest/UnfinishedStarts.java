package athanor.ingest;

import athanor.contracts.run.RunId;
import athanor.shell.RunLog;
import athanor.store.StoreException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Finishes, after a restart, the starts that the last process did not get through. */
@ApplicationScoped
class UnfinishedStarts {

    private static final Logger LOG = Logger.getLogger(UnfinishedStarts.class);
    private static final long PAUSE_MILLIS = 2000;

    private final Drafts drafts;
    private final StartRun startRun;

    UnfinishedStarts(Drafts drafts, StartRun startRun) {
        this.drafts = drafts;
        this.startRun = startRun;
    }

    void start(@Observes StartupEvent started) {
        Thread thread = new Thread(this::untilTheStoreAnswers, "unfinished-starts");
        thread.setDaemon(true);
        thread.start();
    }

    void untilTheStoreAnswers() {
        while (true) {
            try {
                drafts.frozenButNotAnnounced().forEach(run -> RunLog.about(run, () -> finish(run)));
                return;
            } catch (StoreException e) {
                LOG.debugf("unfinished starts wait for the store: %s", e.getMessage());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
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
