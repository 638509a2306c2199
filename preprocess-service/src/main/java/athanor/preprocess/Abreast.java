package athanor.preprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Works on several pictures at a time, but never on more pixels than a budget allows: a decoder holds a picture whole, and what
 * it holds is no part of the heap, which would limit it.
 */
final class Abreast {

    /** In permits of so many pixels, so that the largest picture is a number that a semaphore takes. */
    private static final long PIXELS_OF_A_PERMIT = 1 << 16;

    /** Two photographs of 48 megapixels, or four of 24. */
    private static final long PIXELS = 100_000_000;

    private static final System.Logger LOG = System.getLogger(Abreast.class.getName());

    private final int threads;
    private final Semaphore budget;
    private final int permits;

    /** @param threads pictures at a time, at most */
    Abreast(int threads) {
        this(threads, PIXELS);
    }

    Abreast(int threads, long pixels) {
        this.threads = threads;
        this.permits = (int) Math.max(1, pixels / PIXELS_OF_A_PERMIT);
        this.budget = new Semaphore(permits, true);
    }

    /**
     * Work on a picture.
     *
     * @param pixels that it has before anything is done to it; one of more than the whole budget is worked on alone
     */
    record Work<T>(long pixels, Callable<T> task) {}

    /**
     * @param done told how many are done, by one thread at a time
     * @return what came of each, in their order
     * @throws RuntimeException that of the first in their order that failed; what has not begun by then is not begun
     */
    <T> List<T> all(List<Work<T>> works, IntConsumer done) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, works.size())));
        try {
            int[] count = {0};
            List<Future<T>> results = new ArrayList<>();
            for (Work<T> work : works) {
                results.add(pool.submit(() -> {
                    T result = within(work);
                    synchronized (count) {
                        done.accept(++count[0]);
                    }
                    return result;
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> result : results) {
                all.add(result.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            end(pool);
        }
    }

    /** Nobody may write another picture of a run after this has returned: the run may be erased next. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.log(System.Logger.Level.WARNING, "a picture is still worked on a minute after the others ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T within(Work<T> work) throws Exception {
        int taken = (int) Math.max(1, Math.min(permits, work.pixels() / PIXELS_OF_A_PERMIT));
        budget.acquire(taken);
        try {
            return work.task().call();
        } finally {
            budget.release(taken);
        }
    }
}
