package athanor.tools.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** diffusers and peft in a process of their own ({@code diffusion/src/test/python/bench_reference.py}), which times itself. */
final class ReferenceContestant implements Contestant {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final int threads;
    private final double loading;
    private final double startUp;

    ReferenceContestant(BenchOptions options, List<String> command) {
        boolean same = options.against() == BenchOptions.Against.SAME;
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("serve", options.base().toString()));
        line.addAll(List.of("--width", String.valueOf(options.width()), "--height", String.valueOf(options.height())));
        line.addAll(List.of("--batch", String.valueOf(options.batch()), "--steps", String.valueOf(options.steps())));
        line.addAll(List.of("--rank", String.valueOf(options.rank())));
        line.addAll(List.of("--device", options.onCard() ? "cuda" : "cpu"));
        line.addAll(List.of("--dtype", options.compute().type().name().toLowerCase(Locale.ROOT)));
        if (options.trains()) {
            line.add("--trains");
        }
        if (same) {
            line.addAll(List.of("--threads", String.valueOf(options.threads())));
        }
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (!same) {
            builder.environment().keySet().removeIf(ReferenceContestant::isChosenByTheLauncher);
        }
        Stopwatch watch = new Stopwatch();
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        loading = answer()[0];
        startUp = watch.seconds();
        threads = (int) ask("threads")[0];
    }

    /** Threads, waiting and allocator; see {@code compute_alone} in the launcher. */
    private static boolean isChosenByTheLauncher(String variable) {
        return variable.startsWith("MALLOC_")
                || variable.startsWith("OMP_")
                || variable.startsWith("GOMP_")
                || variable.equals("GLIBC_TUNABLES")
                || variable.equals("LD_PRELOAD");
    }

    private double[] ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    private double[] answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the reference ended without an answer; its error stands above");
            }
            return List.of(line.split(" ")).stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Measurement askForTime(String command) {
        double[] answer = ask(command);
        return new Measurement(answer[0], answer[1]);
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public double startUp() {
        return startUp;
    }

    @Override
    public double loading() {
        return loading;
    }

    @Override
    public Measurement sample() {
        return askForTime("sample");
    }

    @Override
    public Measurement decode(int batches) {
        return askForTime("decode " + batches);
    }

    @Override
    public Measurement train(int steps) {
        return askForTime("train " + steps);
    }

    @Override
    public double peakMemory() {
        return ask("memory")[0];
    }

    @Override
    public double residentMemory() {
        return ask("resident")[0];
    }

    @Override
    public void close() {
        process.destroy();
    }
}
