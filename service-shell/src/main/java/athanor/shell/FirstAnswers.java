package athanor.shell;

import athanor.contracts.json.Json;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.store.StoreException;
import athanor.store.Stored;
import athanor.store.Versioned;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Does what a request with an {@code Idempotency-Key} asks for once, and gives the first answer again when it comes again. The
 * note of it lies in the store, so that it holds between processes and through a restart. A request that was refused has done
 * nothing, and its key is free.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the header's draft</a>
 */
@ApplicationScoped
public class FirstAnswers {

    public static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = Logger.getLogger(FirstAnswers.class);
    private static final String JSON = "application/json";
    private static final int LONGEST_KEY = 255;
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    /** A note that is older is of a process that died at work. */
    private static final Duration DEAD = SIGN_OF_LIFE.multipliedBy(4);

    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    /** Each holds a thread that others want too. */
    private static final int MOST_WAITING = 4;

    private final ObjectStore store;
    private final String service;
    private final Semaphore placesToWait = new Semaphore(MOST_WAITING);
    private final Set<AtWork> atWork = ConcurrentHashMap.newKeySet();
    private @Nullable RepeatedTask signsOfLife;
    private @Nullable RepeatedTask cleaning;

    FirstAnswers(ObjectStore store, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.store = store;
        this.service = service;
    }

    void start(@Observes StartupEvent started) {
        signsOfLife = RepeatedTask.forever("first-answers", SIGN_OF_LIFE, () -> atWork.forEach(AtWork::giveSign));
        cleaning = RepeatedTask.forever("old-first-answers", BETWEEN_CLEANINGS, this::clean);
    }

    void stop(@Observes ShutdownEvent stopped) {
        Stream.of(Optional.ofNullable(signsOfLife), Optional.ofNullable(cleaning))
                .flatMap(Optional::stream)
                .forEach(RepeatedTask::close);
    }

    /**
     * @param body what was sent, or what stands for it; asked for only when there is a key
     * @param work what the request asks for; its answer's entity is written as JSON
     * @throws ProblemException with status 409 when the first request is at work for long, 422 when the first one was another
     */
    public <T> RestResponse<T> once(HttpServerRequest request, Supplier<String> body, Supplier<RestResponse<T>> work) {
        String given = request.getHeader(HEADER);
        if (given == null) {
            return work.get();
        }
        if (given.isBlank() || given.length() > LONGEST_KEY) {
            throw ProblemException.badRequest(
                    "%s has %d characters, 1 to %d are wanted".formatted(HEADER, given.length(), LONGEST_KEY));
        }
        String sent = String.join("\n", String.valueOf(request.query()), body.get());
        // The same key by somebody else is another request, whose answer is nobody else's.
        String who = String.valueOf(request.getHeader("Authorization"));
        AtWork ours = claim(
                ObjectKeys.firstAnswer(String.join("\n", service, request.path(), given, who)),
                new FirstAnswer(Sha256.of(sent.getBytes(StandardCharsets.UTF_8)), null));
        atWork.add(ours);
        try {
            RestResponse<T> answer = work.get();
            ours.keep(answer);
            return answer;
        } finally {
            atWork.remove(ours);
            ours.letGoUnlessKept();
        }
    }

    /** @throws ReplayedAnswerException when the request was answered before */
    private AtWork claim(String key, FirstAnswer note) {
        return claimUnlessAtWork(key, note)
                .or(() -> waitAndClaim(key, note))
                .orElseThrow(() -> ProblemException.conflict(
                        "the request with this %s is still at work; send it again in a while".formatted(HEADER)));
    }

    /** A request that was sent twice at once gets the answer of the first, if that does not take long. */
    private Optional<AtWork> waitAndClaim(String key, FirstAnswer note) {
        if (!placesToWait.tryAcquire()) {
            return Optional.empty();
        }
        try {
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            Optional<AtWork> ours = Optional.empty();
            while (ours.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                ours = claimUnlessAtWork(key, note);
            }
            return ours;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            placesToWait.release();
        }
    }

    /** @return empty when the first request is still at work */
    private Optional<AtWork> claimUnlessAtWork(String key, FirstAnswer note) {
        for (; ; ) {
            Stored stored = store.putIfAbsent(key, Json.bytes(note), JSON);
            Optional<Versioned> there = stored instanceof Stored.Created ? Optional.empty() : store.find(key);
            if (there.isPresent()) {
                FirstAnswer before = Json.read(there.get().bytes(), FirstAnswer.class);
                if (!isStale(before, there.get())) {
                    return refuseOrReplay(note, before);
                }
                stored = store.replace(key, there.get().etag(), Json.bytes(note), JSON);
            }
            if (stored instanceof Stored.Created created) {
                return Optional.of(new AtWork(key, note, created.etag()));
            }
        }
    }

    private static boolean isStale(FirstAnswer before, Versioned there) {
        Duration age = there.age();
        return age != null && age.compareTo(before.answer() == null ? DEAD : KEPT) > 0;
    }

    private static Optional<AtWork> refuseOrReplay(FirstAnswer now, FirstAnswer before) {
        if (!now.fingerprint().equals(before.fingerprint())) {
            throw ProblemException.unusable(
                    "this %s came with another request before; choose a new one for each request".formatted(HEADER));
        }
        if (before.answer() != null) {
            throw new ReplayedAnswerException(before.answer());
        }
        return Optional.empty();
    }

    /** A note of ours; each sign of life makes it a new version. */
    private final class AtWork {

        private final String key;
        private final FirstAnswer note;
        private String etag;
        private boolean over;

        AtWork(String key, FirstAnswer note, String etag) {
            this.key = key;
            this.note = note;
            this.etag = etag;
        }

        synchronized void giveSign() {
            if (!over) {
                write(note);
            }
        }

        synchronized void keep(RestResponse<?> answer) {
            over = true;
            String location =
                    answer.getLocation() == null ? null : answer.getLocation().toString();
            write(note.with(answer.getStatus(), location, Json.write(answer.getEntity())));
        }

        synchronized void letGoUnlessKept() {
            if (!over) {
                over = true;
                try {
                    store.delete(key);
                } catch (StoreException e) {
                    LOG.debugf("a key stays taken for %s: %s", DEAD, e.getMessage());
                }
            }
        }

        /** What was asked for is done, so a store that is away now is no reason to say anything else. */
        private void write(FirstAnswer now) {
            try {
                if (store.replace(key, etag, Json.bytes(now), JSON) instanceof Stored.Created created) {
                    etag = created.etag();
                }
            } catch (StoreException e) {
                LOG.warnf("A request with an %s cannot be noted: %s", HEADER, e.getMessage());
            }
        }
    }

    private void clean() {
        try {
            for (String key : store.list(ObjectKeys.firstAnswers())) {
                store.find(key)
                        .map(Versioned::age)
                        .filter(age -> age.compareTo(KEPT) > 0)
                        .ifPresent(old -> store.delete(key));
            }
        } catch (StoreException e) {
            LOG.debugf("old answers stay for now: %s", e.getMessage());
        }
    }
}
