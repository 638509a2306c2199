package athanor.stack.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code ./athanor} as a user starts it, its output in a file. */
final class Launched implements AutoCloseable {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    /** Gives its argument a process group of its own, as a shell at a terminal does, and notes the group's number. */
    private static final List<String> AS_A_JOB = List.of("bash", "-c", "set -m; \"$@\" & echo $! > \"$0\"; wait $!");

    private final Process process;
    private final Path output;

    private Launched(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Launched athanor(Path workFolder, String... arguments) throws IOException {
        return start(workFolder, List.of(), arguments);
    }

    /** For {@link #interrupt}. */
    static Launched asAJob(Path workFolder, String... arguments) throws IOException {
        List<String> shell = new ArrayList<>(AS_A_JOB);
        shell.add(group(workFolder).toString());
        return start(workFolder, shell, arguments);
    }

    private static Path group(Path workFolder) {
        return workFolder.resolve("group.txt");
    }

    private static Launched start(Path workFolder, List<String> shell, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(HOME.resolve("athanor").toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(workFolder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Maven is in the middle of a build; the launcher must not begin another.
        builder.environment().put("ATHANOR_BUILD", "off");
        // The poorest surroundings: what is not ASCII must arrive all the same.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Launched(builder.start(), output);
    }

    int exitCode(Duration within) throws IOException, InterruptedException {
        if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after %d s; it said:\n%s".formatted(within.toSeconds(), output()));
        }
        return process.exitValue();
    }

    void awaitOutput(String text, Duration within) throws IOException, InterruptedException {
        await(this, said -> said.contains(text), within);
    }

    private static void await(Launched launched, Predicate<String> condition, Duration within)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.test(launched.output())) {
            if (System.nanoTime() > deadline || !launched.process.isAlive()) {
                throw new AssertionError("did not come; it said:\n" + launched.output());
            }
            Thread.sleep(100);
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** All that runs for it; of a plain launcher, whose script has become the Java program, these are the services. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Only the launcher hears of it, so the services must learn from the launcher. */
    void askToStop() {
        process.destroy();
    }

    /**
     * What Ctrl-C does: every process of the group hears of it at the same moment. Not by the interrupt itself, which a build in
     * the background was told to ignore, and its children with it; both signals run the same hooks.
     */
    void interrupt(Path workFolder) throws IOException, InterruptedException {
        String group = Files.readString(group(workFolder)).strip();
        new ProcessBuilder("kill", "-TERM", "--", "-" + group)
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
