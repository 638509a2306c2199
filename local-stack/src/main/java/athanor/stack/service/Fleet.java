package athanor.stack.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The services that this process started; all of them end with it. */
public final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration PATIENCE_WHILE_ARCHIVING = Duration.ofSeconds(120);

    private final Path home;
    private final Path logs;
    private final Compute compute;
    private final ClassArchives archives;
    private final List<ServiceProcess> running = new ArrayList<>();
    private boolean closing;

    public Fleet(Path home, Path logs, Compute compute, ClassArchives archives) {
        this.home = home;
        this.logs = logs;
        this.compute = compute;
        this.archives = archives;
    }

    /** @param onDeath told when the service ends while nobody asked it to */
    public synchronized ServiceProcess start(
            Service service, ServiceEnvironment environment, Consumer<ServiceProcess> onDeath) throws IOException {
        if (closing) {
            throw new IOException("the stack is stopping");
        }
        ServiceProcess process = ServiceProcess.start(service, home, logs, environment, compute, archives);
        running.add(process);
        process.whenItEnds(() -> {
            if (!isClosing()) {
                onDeath.accept(process);
            }
        });
        return process;
    }

    /**
     * Takes a process that ended from the list, and its log out of the way of the next one.
     *
     * @return false when somebody else did so before
     */
    public synchronized boolean forget(ServiceProcess dead) {
        boolean ours = running.remove(dead);
        if (ours) {
            dead.putLogAside();
        }
        return ours;
    }

    public synchronized List<ServiceProcess> running() {
        return List.copyOf(running);
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** Asks the last first, so that nobody works for a service that is gone; ends by force what does not answer. */
    @Override
    public void close() {
        List<ServiceProcess> toStop;
        synchronized (this) {
            closing = true;
            toStop = new ArrayList<>(running);
        }
        java.util.Collections.reverse(toStop);
        Duration patience = archives.writing() ? PATIENCE_WHILE_ARCHIVING : PATIENCE;
        long deadline = System.nanoTime() + patience.toNanos();
        toStop.forEach(ServiceProcess::askToStop);
        toStop.forEach(process -> process.stopBy(deadline));
    }
}
