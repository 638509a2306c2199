package athanor.pictures.reader;

import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.decoder.Protocol;
import athanor.pictures.decoder.Protocol.Heading;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A decoder as its service sees it: one file at a time, and an end when it computes for too long. */
final class DecoderProcess implements AutoCloseable {

    /** What Java exits with when {@code ExitOnOutOfMemoryError} is set. */
    private static final int OUT_OF_MEMORY = 3;

    /** An interrupt or a request to end, which a terminal sends to a service and its decoders alike: no file does that. */
    private static final Set<Integer> WAS_STOPPED = Set.of(130, 143);

    /** The heap, Java itself, and what libjpeg holds of the largest progressive picture. */
    private static final long MOST_MEMORY = 1200L << 20;

    private static final long PAGE = 4096;

    private final Process process;
    private final TimeBudget budget;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private @Nullable Work work;
    private boolean tooLong;
    private boolean tooLarge;
    private volatile boolean closed;

    /** What it is at, since when, in computing time and on the wall. */
    private record Work(int bytes, @Nullable Heading heading, Duration computed, long beganNanos) {}

    private DecoderProcess(Process process, TimeBudget budget) {
        this.process = process;
        this.budget = budget;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** Started and waiting for its first file. */
    static DecoderProcess start(ProcessBuilder command, TimeBudget budget) {
        try {
            DecoderProcess decoder = new DecoderProcess(command.start(), budget);
            Protocol.awaitReady(decoder.answers);
            return decoder;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no picture can be read, because the process that decodes them does not start: %s"
                            .formatted(String.join(" ", command.command())),
                    e);
        }
    }

    /**
     * What reading a file came to.
     *
     * @param tooSlow the file was given up because its time was over; with more of it there might be a picture
     */
    record Reading(Verdict verdict, boolean tooSlow) {}

    /** @throws SourceException when the file cannot be read; the decoder is of no use any more */
    Reading read(InputStream file, int bytes, Wanted wanted) throws SourceException {
        begin(bytes);
        try {
            Protocol.writeRequest(requests, wanted, bytes);
            send(file, bytes);
            Verdict verdict = Protocol.readAnswer(answers, wanted, this::extend);
            end();
            return new Reading(verdict, false);
        } catch (IOException died) {
            boolean wasStopped = WAS_STOPPED.contains(exitCode());
            close();
            if (wasStopped) {
                throw new IllegalStateException(Lane.STOPPING, died);
            }
            Verdict.Rejected verdict = obituary();
            System.getLogger(DecoderProcess.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The decoder of a file of {0} bytes ended: {1}",
                            bytes,
                            verdict.reason());
            return new Reading(verdict, tooSlow());
        } catch (SourceException e) {
            close();
            throw e;
        }
    }

    /** The uploaded file could not be read, which says nothing about the picture. */
    static final class SourceException extends Exception {

        private static final long serialVersionUID = 1;

        SourceException(IOException cause) {
            super(cause);
        }
    }

    private void send(InputStream file, int bytes) throws IOException, SourceException {
        byte[] part = new byte[1 << 16];
        int left = bytes;
        while (left > 0) {
            int got;
            try {
                got = file.read(part, 0, Math.min(part.length, left));
            } catch (IOException e) {
                throw new SourceException(e);
            }
            if (got < 0) {
                throw new SourceException(new IOException("%d bytes are missing".formatted(left)));
            }
            requests.write(part, 0, got);
            left -= got;
        }
        requests.flush();
    }

    private synchronized void begin(int bytes) {
        work = new Work(bytes, null, computed(), System.nanoTime());
    }

    private synchronized void end() {
        work = null;
    }

    private synchronized void extend(Heading heading) {
        Work before = work;
        if (before != null) {
            work = new Work(before.bytes(), heading, before.computed(), before.beganNanos());
        }
    }

    /** Called now and then by somebody else, because whoever waits for the answer only waits. */
    synchronized void endIfTooMuch() {
        Work current = work;
        if (current == null) {
            return;
        }
        Duration most = budget.of(current.bytes(), current.heading());
        Duration onTheWall = Duration.ofNanos(System.nanoTime() - current.beganNanos());
        Duration used = computed().minus(current.computed());
        if (used.compareTo(most) > 0 || onTheWall.compareTo(most.multipliedBy(TimeBudget.PATIENCE)) > 0) {
            tooLong = true;
            process.destroyForcibly();
        } else if (residentBytes() > MOST_MEMORY) {
            tooLarge = true;
            process.destroyForcibly();
        }
    }

    /** Java limits its own heap and not what native code takes. Where the system does not tell, 0. */
    private long residentBytes() {
        try {
            String pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"));
            return Long.parseLong(pages.split(" ")[1]) * PAGE;
        } catch (IOException | RuntimeException notToldHere) {
            return 0;
        }
    }

    private Duration computed() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A process that was told to end is still there for a moment. */
    boolean isUsable() {
        return !closed && process.isAlive();
    }

    private synchronized Verdict.Rejected obituary() {
        Work last = work;
        String what = last == null || last.heading() == null
                ? "the file"
                : "the %s of %d x %d pixels"
                        .formatted(
                                last.heading().format(),
                                last.heading().width(),
                                last.heading().height());
        String why;
        if (tooLong && last != null) {
            why = "takes more than the %.0f seconds of computing that a file of its size gets"
                    .formatted(budget.of(last.bytes(), last.heading()).toMillis() / 1e3);
        } else if (tooLarge || exitCode() == OUT_OF_MEMORY) {
            why = "needs more memory than any picture of its size should";
        } else {
            why = "brings the decoder down";
        }
        return new Verdict.Rejected(
                Verdict.Refusal.UNREADABLE,
                "%s cannot be decoded here, because it %s; export the picture again as JPEG or PNG"
                        .formatted(what, why));
    }

    private synchronized boolean tooSlow() {
        return tooLong;
    }

    private int exitCode() {
        try {
            return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }
}
