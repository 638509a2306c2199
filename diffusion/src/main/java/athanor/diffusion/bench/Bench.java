package athanor.diffusion.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints how long sampling and decoding, or a training step, take on a base and how much memory that needs, in turns with the
 * reference where one is given, so that both see the same machine in the same minute.
 *
 * <pre>
 *   java -cp ... athanor.diffusion.bench.Bench BASE --width 64 --height 64 --batch 4 \
 *       --reference "python diffusion/src/test/python/bench_reference.py"
 * </pre>
 *
 * <p>Allocator and waiting threads are the environment's business ({@code GLIBC_TUNABLES}, {@code OMP_WAIT_POLICY}); the reference
 * inherits them.
 */
public final class Bench {

    private final BenchOptions options;
    private final List<Contestant> contestants = new ArrayList<>();
    private final PrintStream out;

    private Bench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String... arguments) {
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
            return;
        }
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(options.threads()));
        new Bench(options, System.out).run();
    }

    /** Measures and prints. */
    static void run(BenchOptions options, PrintStream out) {
        new Bench(options, out).run();
    }

    private void run() {
        try {
            contestants.add(new Ours(options));
            double startUp = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
            options.reference().ifPresent(command -> contestants.add(new Reference(options, command)));
            out.printf(
                    Locale.ROOT,
                    "%s, %d x %d pixels, batch %d, %d threads, medians of %d rounds of %d steps%n%n",
                    options.base().getFileName(),
                    options.width(),
                    options.height(),
                    options.batch(),
                    options.threads(),
                    options.rounds(),
                    options.steps());
            out.println("| measure | athanor | reference | ratio |");
            out.println("| --- | --- | --- | --- |");
            row("loading, s", Contestant::loading, 1);
            out.printf(Locale.ROOT, "| start of the JVM to ready, s | %.3f | | |%n", startUp);
            if (options.training()) {
                row("training step, s", Contestant::train, options.rounds());
            } else {
                row("sampling step with guidance, s", Contestant::sample, options.rounds());
                row("decoding, s", Contestant::decode, options.rounds());
            }
            row("peak memory, MiB", Contestant::peakMemory, 1);
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    /** Each side in turn, after a first round that does not count when there is more than one. */
    private void row(String name, ToDoubleFunction<Contestant> measure, int rounds) {
        List<List<Double>> results = new ArrayList<>();
        contestants.forEach(contestant -> results.add(new ArrayList<>()));
        for (int round = rounds > 1 ? -1 : 0; round < rounds; round++) {
            for (int side = 0; side < contestants.size(); side++) {
                double result = measure.applyAsDouble(contestants.get(side));
                if (round >= 0) {
                    results.get(side).add(result);
                }
            }
        }
        double ours = median(results.get(0));
        if (contestants.size() == 1) {
            out.printf(Locale.ROOT, "| %s | %.3f | | |%n", name, ours);
        } else {
            double reference = median(results.get(1));
            out.printf(Locale.ROOT, "| %s | %.3f | %.3f | %.2f |%n", name, ours, reference, reference / ours);
        }
        out.flush();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
