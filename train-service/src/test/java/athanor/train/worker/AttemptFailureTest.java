package athanor.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.store.MinioObjectStore;
import athanor.store.StoreException;
import athanor.train.lease.Lease;
import athanor.train.lease.Runs;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptFailureTest {

    private final Lease lease = Lease.queued(Runs.aRun(Instant.EPOCH), null, Instant.EPOCH);

    @Test
    void aBaseThatCannotBeLoadedEndsTheRunWithItsSentence() {
        AttemptFailure failure =
                AttemptFailure.of(new BaseModelException("unet: the tensor conv_in.weight is missing"), lease);
        assertThat(failure).isInstanceOfSatisfying(AttemptFailure.Permanent.class, permanent -> {
            assertThat(permanent.why().reason()).isEqualTo(FailureReason.BASE_MODEL_UNREADABLE);
            assertThat(permanent.why().evidence()).isEqualTo("unet: the tensor conv_in.weight is missing");
        });
    }

    @Test
    void memoryThatTheProcessorDoesNotHaveIsMissingForEverybodyElseToo() {
        try (NDManager arrays = NDManager.newBaseManager("PyTorch")) {
            OutOfMemoryException tooLarge = catchThrowableOfType(
                    OutOfMemoryException.class,
                    () -> OutOfMemoryException.translating(() -> arrays.zeros(new Shape(1L << 45))));
            assertThat(AttemptFailure.of(tooLarge, lease).kind()).isEqualTo(FailureReason.OUT_OF_MEMORY.name());
        }
    }

    /** Another attempt would train as far and be refused as well. */
    @Test
    void aStateThatTheStoreNeverTakesEndsTheRunAndSaysWhatIsKept() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(413, -1);
            exchange.close();
        });
        proxy.start();
        String address = "http://127.0.0.1:" + proxy.getAddress().getPort();
        try (MinioObjectStore store = new MinioObjectStore(address, "key", "secret", "athanor", "us-east-1")) {
            StoreException tooLarge = catchThrowableOfType(
                    StoreException.class, () -> store.put("runs/a/state", new byte[9], "application/octet-stream"));

            assertThat(AttemptFailure.of(tooLarge, lease))
                    .isInstanceOfSatisfying(AttemptFailure.Permanent.class, permanent -> {
                        assertThat(permanent.why().reason()).isEqualTo(FailureReason.CHECKPOINT_NOT_SAVED);
                        assertThat(permanent.why().evidence())
                                .contains("9 bytes are too many")
                                .endsWith("there is no checkpoint before it");
                    });
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void whatNobodyForesawIsTriedAgain() {
        assertThat(AttemptFailure.of(new IllegalStateException("a hiccup"), lease))
                .isInstanceOf(AttemptFailure.Retryable.class);
    }
}
