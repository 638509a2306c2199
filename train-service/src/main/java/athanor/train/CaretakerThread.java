package athanor.train;

import athanor.contracts.run.MemoryClass;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.LeaseWatch;
import athanor.train.lease.Leases;
import athanor.train.lease.Patience;
import athanor.train.queue.QueueLog;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the caretaker look every few seconds. When broker or store are away it begins anew once they are back. */
final class CaretakerThread {

    private static final Logger LOG = LoggerFactory.getLogger(CaretakerThread.class);

    /** A client that waits for an absent broker does not always hear that it shall stop. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final TrainSettings settings;
    private final String bootstrapServers;
    private final Leases leases;
    private final LeaseTerms terms;
    private final Patience patience;
    private final Announce announce;
    private final ObeyCommand obey;
    private final Worker worker;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "caretaker");

    private volatile boolean stopping;
    private volatile @Nullable Caretaker caretaker;

    CaretakerThread(
            TrainSettings settings,
            String bootstrapServers,
            Leases leases,
            LeaseTerms terms,
            Patience patience,
            Announce announce,
            ObeyCommand obey,
            Worker worker,
            Clock clock) {
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
        this.leases = leases;
        this.terms = terms;
        this.patience = patience;
        this.announce = announce;
        this.obey = obey;
        this.worker = worker;
        this.clock = clock;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    boolean alive() {
        return thread.isAlive();
    }

    int waiting(MemoryClass memoryClass) {
        Caretaker now = caretaker;
        return now == null ? 0 : now.waiting(memoryClass);
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(FAREWELL.toMillis());
    }

    private void run() {
        while (!stopping) {
            try (QueueLog log = QueueLog.open(bootstrapServers, worker.id(), QueueRecords::read)) {
                lookAgainAndAgain(log);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.warn("the caretaker begins anew: {}", e.getMessage());
                    LOG.debug("because of", e);
                    pauseQuietly();
                }
            }
        }
    }

    private void lookAgainAndAgain(QueueLog log) throws InterruptedException {
        Caretaker mine = new Caretaker(
                log,
                leases,
                new LeaseWatch(clock, terms),
                patience,
                settings.offerAgainAfter(),
                announce,
                obey,
                worker::idleFor,
                clock);
        caretaker = mine;
        while (!stopping) {
            mine.lookAtAll();
            pause(settings.sweepEvery());
        }
    }

    private static void pause(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis());
    }

    private void pauseQuietly() {
        try {
            pause(settings.sweepEvery());
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
