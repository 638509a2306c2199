package athanor.ingest;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Uploads that are here wait for one of a few threads of their own: however many they are, and however long a picture takes, the
 * threads of all other requests stay free.
 *
 * <p>A thread that waits for a slow file ({@link athanor.pictures.reader.PictureReader}) does not count: the pool starts another
 * in its place, as it does for all that join a future. So a file that takes a minute holds up no upload behind it, whether it
 * came alone or in a zip.
 */
@ApplicationScoped
class UploadQueue {

    /** Each may hold a decoded picture, or a part of a file while it is stored; the decoders alone would want two to four. */
    private static final int AT_WORK = 6;

    /** A thread that only waits takes some 100 KB. */
    private static final int MOST_THREADS = 512;

    private static final int IDLE_SECONDS = 60;

    private final ForkJoinPool threads = new ForkJoinPool(
            AT_WORK,
            UploadQueue::thread,
            null,
            true, // first come, first served
            AT_WORK,
            MOST_THREADS,
            AT_WORK,
            full -> true, // then a waiting thread counts after all
            IDLE_SECONDS,
            TimeUnit.SECONDS);

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("upload-" + thread.getPoolIndex());
        thread.setContextClassLoader(UploadQueue.class.getClassLoader());
        return thread;
    }

    <T> Uni<T> next(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(threads);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
