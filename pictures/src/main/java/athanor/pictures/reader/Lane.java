package athanor.pictures.reader;

import athanor.pictures.Wanted;
import athanor.pictures.reader.DecoderProcess.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Files that wait, in the order they came, for a few decoders that give each of them the same time. */
final class Lane implements AutoCloseable {

    static final String STOPPING = "this service is stopping; send the picture again";
    private static final long IDLE_SECONDS = 60;

    private final ProcessBuilder command;
    private final TimeBudget budget;
    private final int keptIdle;
    private final ThreadPoolExecutor threads;
    private final ConcurrentLinkedDeque<DecoderProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<DecoderProcess> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param decoders processes at most
     * @param keptIdle so many of them wait for the next file
     */
    Lane(ProcessBuilder command, TimeBudget budget, int decoders, int keptIdle) {
        this.command = command;
        this.budget = budget;
        this.keptIdle = keptIdle;
        this.threads = new ThreadPoolExecutor(
                decoders, decoders, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Lane::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "picture-lane");
        thread.setDaemon(true);
        return thread;
    }

    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** Starts a decoder, so that the next file need not wait for it. */
    void warm() {
        daemon(() -> keep(DecoderProcess.start(command, budget))).start();
    }

    CompletableFuture<Reading> read(Source source, int bytes, Wanted wanted) {
        try {
            return CompletableFuture.supplyAsync(() -> decode(source, bytes, wanted), threads);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException(STOPPING, e);
        }
    }

    private Reading decode(Source source, int bytes, Wanted wanted) {
        try (InputStream file = source.open()) {
            return decode(file, bytes, wanted);
        } catch (IOException e) {
            throw new CompletionException(new IOException("the uploaded file cannot be read", e));
        }
    }

    private Reading decode(InputStream file, int bytes, Wanted wanted) throws IOException {
        DecoderProcess decoder = take();
        busy.add(decoder);
        try {
            stopIfClosed(); // while the decoder was started
            Reading reading = decoder.read(file, bytes, wanted);
            stopIfClosed(); // an end that came from here says nothing about the file
            return reading;
        } catch (DecoderProcess.SourceException e) {
            throw new IOException(e.getCause());
        } finally {
            busy.remove(decoder);
            if (closed) {
                decoder.close();
            } else if (decoder.isUsable()) {
                keep(decoder);
            } else if (keptIdle > 0 && threads.getQueue().isEmpty()) {
                // Whoever waits starts one itself.
                warm();
            }
        }
    }

    private synchronized void keep(DecoderProcess decoder) {
        if (closed || idle.size() + busy.size() >= keptIdle) {
            decoder.close();
        } else {
            idle.push(decoder);
        }
    }

    private DecoderProcess take() {
        stopIfClosed();
        DecoderProcess decoder;
        while ((decoder = idle.poll()) != null) {
            if (decoder.isUsable()) {
                return decoder;
            }
        }
        return DecoderProcess.start(command, budget);
    }

    private void stopIfClosed() {
        if (closed) {
            throw new IllegalStateException(STOPPING);
        }
    }

    void endThoseThatTakeTooMuch() {
        busy.forEach(DecoderProcess::endIfTooMuch);
    }

    /** Files that still wait get no verdict but an exception. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdown();
        idle.forEach(DecoderProcess::close);
        busy.forEach(DecoderProcess::close);
    }
}
