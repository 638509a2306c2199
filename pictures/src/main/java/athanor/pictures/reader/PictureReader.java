package athanor.pictures.reader;

import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.heif.HeifTool;
import athanor.pictures.reader.DecoderProcess.Reading;
import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;

/**
 * Reads strangers' bytes as pictures, in a few processes beside this one: whatever a file does to memory, stack, clock or native
 * code, it costs one verdict. The processes are warm, wait for the next file, and are replaced when one ends.
 *
 * <p>A file that takes longer than honest ones do is read again, with all the time that a file of its size gets, by one decoder
 * beside the others. So those that come behind it wait for its first, short time only, and slow files wait for one another.
 *
 * <p>Safe for many threads. While one of a {@link ForkJoinPool} waits for a slow file, its pool may work on with another in its
 * place; while it waits for the first, short time of a file, it may not.
 */
public final class PictureReader implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final int LEAST_DECODERS = 2;
    private static final int MOST_DECODERS = 4;

    /** While it reads a large picture. */
    private static final long MEMORY_OF_A_DECODER = 700L << 20;

    private final PictureLimits limits;
    private final int decoders;
    private final Optional<Conversions> conversions;
    private final Lane ordinary;
    private final Lane slow;
    private volatile boolean closed;

    /** @param decoders processes at most; each takes half a gigabyte while it reads a large picture, and gives it back */
    public PictureReader(PictureLimits limits, int decoders) {
        this(limits, decoders, HeifTool.ofThisMachine());
    }

    /** @param heifTool what makes HEIC and AVIF readable; without one they are refused */
    PictureReader(PictureLimits limits, int decoders, Optional<HeifTool> heifTool) {
        this(limits, decoders, heifTool, DecoderCommand.of(limits), TimeBudget.usual(), TimeBudget.most());
    }

    PictureReader(PictureLimits limits, int decoders, ProcessBuilder command, TimeBudget usual, TimeBudget most) {
        this(limits, decoders, Optional.empty(), command, usual, most);
    }

    private PictureReader(
            PictureLimits limits,
            int decoders,
            Optional<HeifTool> heifTool,
            ProcessBuilder command,
            TimeBudget usual,
            TimeBudget most) {
        this.limits = limits;
        this.decoders = decoders;
        this.conversions = heifTool.map(tool -> new Conversions(tool, limits));
        this.ordinary = new Lane(command, usual, decoders, decoders);
        this.slow = new Lane(command, most, 1, 0);
        Thread clock = new Thread(this::watch, "picture-decoder-clock");
        clock.setDaemon(true);
        clock.start();
    }

    /** One decoder for each core, two at least, and no more than the memory of the machine or container has room for. */
    public static PictureReader standard() {
        Runtime java = Runtime.getRuntime();
        long all = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Long.MAX_VALUE;
        return new PictureReader(
                PictureLimits.standard(), decoders(java.availableProcessors(), all - java.maxMemory()));
    }

    /** @param memory beside our own heap, in bytes; one decoder more reads slow files */
    static int decoders(int cores, long memory) {
        long room = memory / MEMORY_OF_A_DECODER - 1;
        return (int) Math.max(LEAST_DECODERS, Math.min(room, Math.min(cores, MOST_DECODERS)));
    }

    /** How many files are read at a time. */
    public int decoders() {
        return decoders;
    }

    /** Starts a decoder, so that the first picture need not wait for it. */
    public PictureReader warm() {
        ordinary.warm();
        return this;
    }

    /** Waits for the verdict. Throws nothing, whatever the bytes are. */
    public Verdict read(byte[] file, Wanted wanted) {
        try {
            return await(() -> new ByteArrayInputStream(file), file.length, wanted);
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }

    /** The same for a file on the disk, which is never in this process's memory. */
    public Verdict read(Path file, Wanted wanted) throws IOException {
        return await(() -> Files.newInputStream(file), Files.size(file), wanted);
    }

    /** The same, and no thread waits. The file has to stay until the verdict is there. */
    public CompletableFuture<Verdict> begin(Path file, Wanted wanted) throws IOException {
        return read(() -> Files.newInputStream(file), Files.size(file), wanted, () -> {});
    }

    /** @param firstTimeOver called when the file has had its short time, or needed none */
    private CompletableFuture<Verdict> read(Lane.Source source, long bytes, Wanted wanted, Runnable firstTimeOver) {
        Optional<String> tooLarge = limits.refuse(bytes);
        if (tooLarge.isPresent()) {
            firstTimeOver.run();
            return CompletableFuture.completedFuture(new Verdict.Rejected(Verdict.Refusal.SIZE, tooLarge.get()));
        }
        Optional<PictureFormat> heif = conversions.isPresent() ? needingATool(source) : Optional.empty();
        return heif.isPresent()
                ? conversions
                        .orElseThrow()
                        .read(
                                heif.get(),
                                source,
                                png -> decode(() -> Files.newInputStream(png), (int) Files.size(png), wanted, () -> {}))
                        .whenComplete((verdict, e) -> firstTimeOver.run())
                : decode(source, (int) bytes, wanted, firstTimeOver);
    }

    private CompletableFuture<Verdict> decode(Lane.Source source, int length, Wanted wanted, Runnable firstTimeOver) {
        return ordinary.read(source, length, wanted)
                .whenComplete((first, e) -> firstTimeOver.run())
                .thenCompose(first ->
                        first.tooSlow() ? slow.read(source, length, wanted) : CompletableFuture.completedFuture(first))
                .thenApply(Reading::verdict);
    }

    /** A file that cannot be opened is told of by whoever reads it. */
    private static Optional<PictureFormat> needingATool(Lane.Source source) {
        try (InputStream file = source.open()) {
            return PictureFormat.needingATool(file.readNBytes(PictureFormat.MEDIA_START));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Verdict await(Lane.Source source, long bytes, Wanted wanted) throws IOException {
        Semaphore firstTimeOver = new Semaphore(0);
        CompletableFuture<Verdict> verdict = read(source, bytes, wanted, firstTimeOver::release);
        // Of this a ForkJoinPool is told nothing: if it began the next file now, any number of decoded pictures would
        // pile up.
        firstTimeOver.acquireUninterruptibly();
        try {
            return verdict.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw e;
        }
    }

    private void watch() {
        while (!closed) {
            ordinary.endThoseThatTakeTooMuch();
            slow.endThoseThatTakeTooMuch();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ordinary.close();
        slow.close();
        conversions.ifPresent(Conversions::close);
    }
}
