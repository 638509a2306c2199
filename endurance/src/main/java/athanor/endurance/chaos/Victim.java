package athanor.endurance.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is killed, frozen and started again, its output in one file for all its lives. */
final class Victim implements AutoCloseable {

    private final List<String> command;
    private final Path log;
    private Process process;

    Victim(List<String> command, Path log) throws IOException {
        this.command = command;
        this.log = log;
        this.process = start();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Also of one that ended by itself. */
    void startAgain() throws IOException {
        if (!process.isAlive()) {
            process = start();
        }
    }

    void freeze() throws IOException, InterruptedException {
        run("kill", "-STOP", Long.toString(process.pid()));
    }

    void thaw() throws IOException, InterruptedException {
        run("kill", "-CONT", Long.toString(process.pid()));
    }

    /** From now on no file can grow beyond a byte: to the process it is a full disk. */
    void fillDisk() throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=1:unlimited");
    }

    void emptyDisk() throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:unlimited");
    }

    /** A process that is gone meanwhile has nothing to be frozen or filled. */
    private static void run(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thaw();
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
}
