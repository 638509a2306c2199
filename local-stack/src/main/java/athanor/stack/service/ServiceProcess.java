package athanor.stack.service;

import athanor.stack.infra.RotatedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One service as a child of this process, its output in a log file of its own. */
public final class ServiceProcess {

    /** SIGKILL, as Java tells it. */
    private static final int KILLED = 128 + 9;

    private final Service service;
    private final Process process;
    private volatile Path log;

    private ServiceProcess(Service service, Process process, Path log) {
        this.service = service;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the service with the Java that runs this process. The child's standard input stays open as long as we live: its
     * end tells the child that we are gone.
     */
    static ServiceProcess start(
            Service service,
            Path home,
            Path logs,
            ServiceEnvironment environment,
            Compute compute,
            ClassArchives archives)
            throws IOException {
        Path jar = service.jar(home);
        if (!Files.exists(jar)) {
            throw new IOException(
                    "%s is not built: %s is missing; run mvn -DskipTests package".formatted(service.module(), jar));
        }
        Path log = logs.resolve(service.module() + ".log");
        RotatedLog.makeRoomFor(log);
        // Not where somebody called the launcher: a service would read the .env that lies there, docker compose's for
        // example.
        ProcessBuilder builder = new ProcessBuilder(command(service, jar.toAbsolutePath(), compute, archives))
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment.variablesOf(service));
        if (service.computes()) {
            builder.environment().putAll(compute.environment());
        }
        return new ServiceProcess(service, builder.start(), log);
    }

    private static List<String> command(Service service, Path jar, Compute compute, ClassArchives archives) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx%dm".formatted(service.heapMegabytes()));
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // A third less to start with, and nothing lost later: what computes is native code.
        command.add("-XX:TieredStopAtLevel=1");
        if (service.computes()) {
            command.addAll(compute.flags());
        }
        command.addAll(JavaFlags.ofThisJava());
        command.addAll(archives.flags(service.module()));
        command.add("-Djava.awt.headless=true");
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    public Service service() {
        return service;
    }

    public Path log() {
        return log;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    void whenItEnds(Runnable reaction) {
        var unused = process.onExit().thenRun(reaction);
    }

    /** Before the next process of this service writes its own. */
    void putLogAside() {
        try {
            log = RotatedLog.makeRoomFor(log);
        } catch (IOException e) {
            System.getLogger(ServiceProcess.class.getName())
                    .log(System.Logger.Level.WARNING, "the log of a service that ended is lost", e);
        }
    }

    /** Why it is no more: how it was ended, or what it complained of last, and the pictures that it had begun to read. */
    public LastWords lastWords() {
        LastWords words = LastWords.of(log);
        int exit = process.exitValue();
        // Who is killed has no time to say so: whatever it complained of was something else.
        return exit == KILLED || words.complaint().isEmpty() ? new LastWords(ending(exit), words.inHand()) : words;
    }

    private static String ending(int exit) {
        return exit == KILLED
                ? "it was killed, by somebody or by the system because the memory of the machine was used up"
                : "it wrote no error";
    }

    /**
     * Asks by the signal alone. {@link Process#destroy} would close the standard input too, and a service that is on its way out
     * because of that takes the signal for a reason to drop everything.
     */
    void askToStop() {
        process.toHandle().destroy();
    }

    /** Waits for the end until a moment in time ({@link System#nanoTime}), then ends it without asking. */
    void stopBy(long deadlineNanos) {
        try {
            if (!process.waitFor(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
