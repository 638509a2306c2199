package athanor.shell;

import athanor.store.MinioObjectStore;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.StorePromises;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Proves at start that the store keeps its promises, and is not ready until it has. A store that is not there yet is waited
 * for. Afterwards each look at the readiness asks whether the store still answers.
 */
@Readiness
@ApplicationScoped
public class StoreProof implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(StoreProof.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ObjectStore store;
    private volatile @Nullable Finding finding = new Finding("the store's promises are still being tried", false);
    private @Nullable RepeatedTask proof;

    /** @param lasting a setting is wrong: the store answers, and will answer the same tomorrow */
    private record Finding(String sentence, boolean lasting) {}

    StoreProof(ObjectStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent started) {
        proof = RepeatedTask.untilDone("store-proof", PAUSE, this::isKept);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (proof != null) {
            proof.close();
        }
    }

    private boolean isKept() {
        Finding found = null;
        try {
            if (store instanceof MinioObjectStore minio) {
                minio.createBucketIfMissing();
            }
            if (StorePromises.prove(store) instanceof StorePromises.Proof.Broken broken) {
                found = new Finding(broken.sentence(), false);
            }
        } catch (StoreException e) {
            found = findingOf(e);
        }
        if (found == null) {
            LOG.info("The object store keeps its promises");
        } else if (!found.equals(finding)) {
            LOG.warn(found.sentence());
        }
        finding = found;
        return found == null;
    }

    @Override
    public HealthCheckResponse call() {
        Finding found = finding != null ? finding : askAgain();
        return HealthCheckResponse.named("object-store")
                .status(found == null)
                .withData("finding", found == null ? "keeps its promises" : found.sentence())
                .withData("lasting", found != null && found.lasting())
                .build();
    }

    private @Nullable Finding askAgain() {
        try {
            store.stat("promises/none");
            return null;
        } catch (StoreException e) {
            return findingOf(e);
        }
    }

    private static Finding findingOf(StoreException e) {
        return new Finding(String.valueOf(e.getMessage()), e.kind() == StoreException.Kind.REFUSED);
    }
}
