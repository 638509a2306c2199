package athanor.diffusion.program;

import java.time.Duration;

/**
 * Keeps the process from ending inside libtorch. When a JVM exits, whatever the signal, native libraries destroy their static
 * objects while other threads still run; a thread that is inside a call then takes the process down with SIGSEGV. So the exit
 * waits for the calls that run, and calls that come later wait for the end.
 */
public final class TorchExit {

    /** A step of a large base on a busy processor takes minutes. Who cannot wait kills the process, which does no harm. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);
    /** Longer than what lies between two calls of one training or rendering. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private static final TorchExit OF_THIS_PROCESS = new TorchExit();
    private static volatile Duration grace = Duration.ZERO;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OF_THIS_PROCESS.close(grace, LONGEST_CALL), "wait for libtorch"));
    }

    private int running;
    private boolean closed;
    private long lastLeft = System.nanoTime();

    TorchExit() {}

    static TorchExit ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * For a service that, when it is stopped, finishes by itself what it computes: for so long calls may still begin.
     *
     * @param time zero, the default, is for commands, which nobody tells to stop
     */
    public static void allowToFinish(Duration time) {
        grace = time;
    }

    /** Before a call. Does not return when the process ends. */
    synchronized void enter() {
        while (closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // The process ends with this thread where it is.
            }
        }
        running++;
    }

    /** After a call. */
    synchronized void leave() {
        running--;
        lastLeft = System.nanoTime();
        notifyAll();
    }

    /**
     * Waits until nothing runs.
     *
     * @param finishing for so long calls may still begin, unless there is none for a while
     * @param longestCall how long to wait for calls that run after that
     * @return whether nothing runs
     */
    synchronized boolean close(Duration finishing, Duration longestCall) {
        long end = System.nanoTime() + finishing.toNanos();
        while (System.nanoTime() < end && !(running == 0 && System.nanoTime() - lastLeft > QUIET.toNanos())) {
            pause(QUIET.toMillis() / 3);
        }
        closed = true;
        end = System.nanoTime() + longestCall.toNanos();
        while (running > 0 && System.nanoTime() < end) {
            pause(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return running == 0;
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts the exit for a reason that counts more than a clean end.
        }
    }
}
