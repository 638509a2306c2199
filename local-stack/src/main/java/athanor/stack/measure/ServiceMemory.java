package athanor.stack.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What ingest-service of a local stack and the decoders beside it take of the machine. */
final class ServiceMemory implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final ProcessHandle launcher;
    private final Thread looking;
    private volatile boolean closed;
    private long service;
    private long decoders;
    private long peak;

    /** @param launcher whose children the services are */
    ServiceMemory(ProcessHandle launcher) {
        this.launcher = launcher;
        this.looking = new Thread(this::look, "memory");
        looking.setDaemon(true);
        looking.start();
    }

    /**
     * Megabytes, the most since the last time somebody asked; 0 where the system does not tell.
     *
     * @param together service and decoders at one moment
     */
    record Most(long service, long decoders, long together) {}

    synchronized Most mostSinceThen() {
        Most most = new Most(service, decoders, peak);
        service = 0;
        decoders = 0;
        peak = 0;
        return most;
    }

    /** Of those that are still there. */
    Duration computed() {
        return services()
                .flatMap(ingest -> Stream.concat(Stream.of(ingest), ingest.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void look() {
        while (!closed) {
            long ofTheService = services().mapToLong(ServiceMemory::megabytes).sum();
            long ofDecoders = services()
                    .flatMap(ProcessHandle::descendants)
                    .mapToLong(ServiceMemory::megabytes)
                    .sum();
            note(ofTheService, ofDecoders);
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized void note(long ofTheService, long ofDecoders) {
        service = Math.max(service, ofTheService);
        decoders = Math.max(decoders, ofDecoders);
        peak = Math.max(peak, ofTheService + ofDecoders);
    }

    private Stream<ProcessHandle> services() {
        return launcher.children()
                .filter(child -> child.info().commandLine().orElse("").contains("ingest-service"));
    }

    private static long megabytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException notToldHere) {
            return 0;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
