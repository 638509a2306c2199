package athanor.shell;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Recognises work that ends its process: a picture that does not fit into memory, a library that crashes. A process that is
 * ended says nothing, so before the work begins a small object in the store says who has it in hand, and afterwards the
 * object goes. Whoever finds the object of another process in its way knows that this one died at it.
 *
 * <p>Work that got further in between is no danger ({@link #moved}): a machine that is switched off twice during a long
 * rendering costs nobody the run.
 */
@ApplicationScoped
public class CrashGuard {

    /** So many processes may end at the same work; then it is not begun again. */
    static final int MOST_DEATHS = 2;

    /** What ended processes so long ago may have more memory by now. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(CrashGuard.class);

    private final ObjectStore store;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString();
    private final Map<RunId, Set<String>> inHand = new ConcurrentHashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    /** @param deaths how many processes ended at this work since it last moved */
    record InHand(String process, int deaths, Instant since) {}

    CrashGuard(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param work tells the works of one run apart
     * @return how many processes ended at it since it last moved
     */
    int begin(RunId run, String work) {
        String key = ObjectKeys.inHand(run, work);
        inHand.computeIfAbsent(run, any -> ConcurrentHashMap.newKeySet()).add(key);
        return begin(key);
    }

    private int begin(String key) {
        if (store.putIfAbsent(key, mine(0), "application/json") instanceof Stored.Created) {
            return 0;
        }
        InHand found = read(key);
        int deaths = found.process().equals(process) ? found.deaths() : found.deaths() + 1;
        store.put(key, mine(deaths), "application/json");
        if (deaths > 0) {
            LOG.warnf("%d process(es) ended at this work without getting any further; trying again", deaths);
        }
        return deaths;
    }

    /**
     * Answers a request that belongs to no run, unless others like it ended so many processes.
     *
     * @param work what it asks for, the same for requests that are as dangerous as one another
     * @throws ProblemException when it is refused; a day later it is tried again
     */
    public <T> T guard(String work, Supplier<T> answer) {
        String key = ObjectKeys.requestInHand(work);
        requests.merge(key, 1, Integer::sum);
        boolean refused = false;
        try {
            refused = endedTooMany(key);
            if (refused) {
                throw ProblemException.unusable(
                        "%d times the service ended while it answered a request like this one; most often what is asked for takes more memory than the machine has: ask for less, smaller or fewer pictures"
                                .formatted(MOST_DEATHS));
            }
            return answer.get();
        } finally {
            Integer others = requests.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
            if (others == null && !refused) {
                remove(key);
            }
        }
    }

    /** The mark of what is refused stays as it is, so that it grows old. */
    private boolean endedTooMany(String key) {
        InHand found = read(key);
        boolean old = found.since().plus(FORGOTTEN_AFTER).isBefore(clock.instant());
        int deaths = found.process().equals(process) ? found.deaths() : found.deaths() + 1;
        if (old) {
            store.delete(key);
        } else if (deaths >= MOST_DEATHS) {
            return true;
        }
        begin(key);
        return false;
    }

    private InHand read(String key) {
        InHand nothing = new InHand(process, 0, clock.instant());
        try {
            return store.find(key)
                    .map(object -> Json.read(object.bytes(), InHand.class))
                    .orElse(nothing);
        } catch (JsonException e) {
            return nothing; // cut short when its writer ended; it is written anew
        }
    }

    /** Something of the run's work is done and stored: whoever dies now did not die of what came before. */
    public void moved(RunId run) {
        inHand.getOrDefault(run, Set.of()).forEach(key -> {
            try {
                store.put(key, mine(0), "application/json");
            } catch (StoreException e) {
                LOG.debugf("the next step will say that the work moves: %s", e.getMessage());
            }
        });
    }

    /** Also when the work failed in an orderly way: then it did not end the process. */
    void end(RunId run, String work) {
        String key = ObjectKeys.inHand(run, work);
        inHand.getOrDefault(run, Set.of()).remove(key);
        inHand.computeIfPresent(run, (any, keys) -> keys.isEmpty() ? null : keys);
        remove(key);
    }

    private void remove(String key) {
        // A service that stops interrupts its work; that is no crash, so the object goes all the same.
        boolean interrupted = Thread.interrupted();
        try {
            store.delete(key);
        } catch (StoreException e) {
            LOG.debugf("the mark of finished work stays: %s", e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] mine(int deaths) {
        return Json.bytes(new InHand(process, deaths, clock.instant()));
    }
}
