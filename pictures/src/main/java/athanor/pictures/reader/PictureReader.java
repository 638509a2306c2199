package athanor.pictures.reader;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads strangers' bytes as pictures, in a few processes beside this one: whatever a file does to memory, stack, clock or native
 * code, it costs one verdict. The processes are warm, wait for the next file, and are replaced when one ends. Safe for many
 * threads; those that find every decoder busy wait in the order they came.
 */
public final class PictureReader implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final PictureLimits limits;
    private final Supplier<DecoderProcess> starting;
    private final int decoders;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<DecoderProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<DecoderProcess> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param decoders processes at most; each takes half a gigabyte while it reads a large picture, and gives it back */
    public PictureReader(PictureLimits limits, int decoders) {
        this(limits, decoders, DecoderCommand.of(limits), TimeBudget.standard());
    }

    PictureReader(PictureLimits limits, int decoders, ProcessBuilder command, TimeBudget budget) {
        this.limits = limits;
        this.decoders = decoders;
        this.free = new Semaphore(decoders, true);
        this.starting = () -> DecoderProcess.start(command, budget);
        daemon("picture-decoder-clock", this::watch);
    }

    /** One decoder for each core, two at least, so that a file that takes its time does not stop the others. */
    public static PictureReader standard() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new PictureReader(PictureLimits.standard(), Math.max(2, Math.min(4, cores)));
    }

    /** Starts a decoder, so that the first picture need not wait for it. */
    public PictureReader warm() {
        daemon("picture-decoder-start", () -> keep(starting.get()));
        return this;
    }

    /** Throws nothing, whatever the bytes are. */
    public Verdict read(byte[] file, Wanted wanted) {
        try {
            return read(() -> new ByteArrayInputStream(file), file.length, wanted);
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }

    /** The same for a file on the disk, which is never in this process's memory. */
    public Verdict read(Path file, Wanted wanted) throws IOException {
        return read(() -> Files.newInputStream(file), Files.size(file), wanted);
    }

    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    private Verdict read(Source source, long bytes, Wanted wanted) throws IOException {
        Optional<String> tooLarge = limits.refuse(bytes);
        if (tooLarge.isPresent()) {
            return new Verdict.Rejected(Verdict.Refusal.SIZE, tooLarge.get());
        }
        free.acquireUninterruptibly();
        try (InputStream file = source.open()) {
            return decode(file, (int) bytes, wanted);
        } finally {
            free.release();
        }
    }

    private Verdict decode(InputStream file, int bytes, Wanted wanted) throws IOException {
        DecoderProcess decoder = take();
        busy.add(decoder);
        try {
            return decoder.read(file, bytes, wanted);
        } catch (DecoderProcess.SourceException e) {
            throw new IOException("the uploaded file cannot be read", e.getCause());
        } finally {
            busy.remove(decoder);
            if (decoder.isUsable()) {
                keep(decoder);
            } else if (!closed && !free.hasQueuedThreads()) {
                // Whoever waits starts one itself.
                warm();
            }
        }
    }

    /** For the next file, unless there are enough of them. */
    private synchronized void keep(DecoderProcess decoder) {
        if (closed || idle.size() + busy.size() >= decoders) {
            decoder.close();
        } else {
            idle.push(decoder);
        }
    }

    private DecoderProcess take() {
        if (closed) {
            throw new IllegalStateException("this service is stopping; send the picture again");
        }
        DecoderProcess decoder;
        while ((decoder = idle.poll()) != null) {
            if (decoder.isUsable()) {
                return decoder;
            }
        }
        return starting.get();
    }

    private void watch() {
        while (!closed) {
            busy.forEach(DecoderProcess::endIfTooMuch);
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(DecoderProcess::close);
        busy.forEach(DecoderProcess::close);
    }
}
