package athanor.ingest;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Uploads that are here wait for one of a few threads of their own, in the order they came: however many they are, and however
 * long a picture takes, the threads of all other requests stay free.
 */
@ApplicationScoped
class UploadQueue {

    /** Each may hold a part of a file while it is stored; the decoders alone would want two to four. */
    private static final int THREADS = 6;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "upload");
        thread.setDaemon(true);
        return thread;
    });

    <T> Uni<T> next(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(threads);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
