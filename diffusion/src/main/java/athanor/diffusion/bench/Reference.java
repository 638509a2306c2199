package athanor.diffusion.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** diffusers and peft in a process of their own ({@code src/test/python/bench_reference.py}), which times itself. */
final class Reference implements Contestant {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final double loading;

    Reference(BenchOptions options, List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("serve", options.base().toString()));
        line.addAll(List.of("--width", String.valueOf(options.width()), "--height", String.valueOf(options.height())));
        line.addAll(List.of("--batch", String.valueOf(options.batch()), "--steps", String.valueOf(options.steps())));
        line.addAll(List.of("--rank", String.valueOf(options.rank()), "--threads", String.valueOf(options.threads())));
        try {
            process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        loading = answer();
    }

    private double ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    private double answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the reference ended without an answer; its error stands above");
            }
            return Double.parseDouble(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double loading() {
        return loading;
    }

    @Override
    public double sample() {
        return ask("sample");
    }

    @Override
    public double decode() {
        return ask("decode");
    }

    @Override
    public double train() {
        return ask("train");
    }

    @Override
    public double peakMemory() {
        return ask("memory");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
