package athanor.tools.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints how long sampling and decoding, or a training step, take on a base and how much memory that needs, in turns with the
 * reference where one is given, so that both see the same machine in the same minute.
 *
 * <p>Allocator and waiting threads are the environment's business; the launcher sets it.
 */
final class Benchmark {

    private static final int GROWTH_ROWS = 10;

    private final BenchOptions options;
    private final List<Contestant> contestants = new ArrayList<>();
    private final PrintWriter out;

    private Benchmark(BenchOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /** Measures and prints. */
    static void run(BenchOptions options, PrintWriter out) {
        new Benchmark(options, out).run();
    }

    private void run() {
        try {
            double reading = readOnce(options.base());
            contestants.add(onItsDevice(() -> new AthanorContestant(options, reading)));
            options.reference()
                    .ifPresent(
                            command -> contestants.add(onItsDevice(() -> new ReferenceContestant(options, command))));
            title();
            if (options.table() == BenchOptions.Table.GROWTH) {
                growth();
            } else {
                speed();
            }
            out.println("\n" + Machine.sentence());
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private Contestant onItsDevice(Supplier<Contestant> side) {
        return options.onCard() ? new OnCardContestant(side) : side.get();
    }

    /** So that whoever loads first does not pay for the disk. Seconds. */
    private static double readOnce(Path base) {
        Stopwatch watch = new Stopwatch();
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return watch.seconds();
    }

    private void title() {
        out.printf(
                Locale.ROOT,
                "%s, %d x %d pixels, batch %d%s, rank %d, %s on %s; athanor with %d threads%s%n%n",
                options.base().getFileName(),
                options.width(),
                options.height(),
                options.batch(),
                options.trains() ? " + " + options.batch() : "",
                options.rank(),
                options.compute().type().name().toLowerCase(Locale.ROOT),
                options.compute().torchDevice(),
                options.threads(),
                contestants.size() == 1 ? "" : "; reference " + reference());
    }

    private String reference() {
        return options.against() == BenchOptions.Against.SAME
                ? "with the same threads and allocator"
                : "as installed, %d threads".formatted(contestants.get(1).threads());
    }

    private void speed() {
        out.println("| measure | athanor | reference | ratio | ratio of the best |");
        out.println("| --- | --- | --- | --- | --- |");
        single("start of the process to ready, s", Contestant::startUp);
        single("loading, s", Contestant::loading);
        if (options.trains()) {
            timed("training step", side -> side.train(options.steps()));
        } else {
            timed("sampling step with guidance", Contestant::sample);
            timed("decoding", side -> side.decode(options.steps()));
        }
        single("peak memory%s, MiB".formatted(options.onCard() ? " of the card" : ""), Contestant::peakMemory);
    }

    private void single(String name, ToDoubleFunction<Contestant> measure) {
        row(
                name,
                contestants.stream()
                        .map(side -> List.of(measure.applyAsDouble(side)))
                        .toList());
    }

    /** Each side in turn, after a first round that does not count; medians. */
    private void timed(String name, Function<Contestant, Measurement> measure) {
        List<List<Measurement>> results = new ArrayList<>();
        contestants.forEach(contestant -> results.add(new ArrayList<>()));
        for (int round = -1; round < options.rounds(); round++) {
            for (int side = 0; side < contestants.size(); side++) {
                letTheOthersFallAsleep();
                Measurement taken = measure.apply(contestants.get(side));
                if (round >= 0) {
                    results.get(side).add(taken);
                }
            }
        }
        row(name + ", s", each(results, Measurement::seconds));
        row(name + ", processor s", each(results, Measurement::processorSeconds));
    }

    /** Threads that wait for their next task turn in circles for some milliseconds first, and would do so at the other's cost. */
    private static void letTheOthersFallAsleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }

    private static List<List<Double>> each(List<List<Measurement>> results, Function<Measurement, Double> part) {
        return results.stream().map(side -> side.stream().map(part).toList()).toList();
    }

    /** @param sides values of this side and, where there is one, of the reference */
    private void row(String name, List<List<Double>> sides) {
        double ours = median(sides.get(0));
        if (sides.size() == 1) {
            out.printf(Locale.ROOT, "| %s | %.3f | | | |%n", name, ours);
        } else {
            double reference = median(sides.get(1));
            out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.2f | %.2f |%n",
                    name,
                    ours,
                    reference,
                    reference / ours,
                    best(sides.get(1)) / best(sides.get(0)));
        }
        out.flush();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double best(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** Resident memory after the first step, when everything has been allocated once, and then every tenth of the way. */
    private void growth() {
        out.println("| training steps | "
                + (contestants.size() == 1 ? "athanor, MiB |" : "athanor, MiB | reference, MiB |"));
        out.println("| --- | --- |" + (contestants.size() == 1 ? "" : " --- |"));
        int done = 0;
        for (int row = 0; row <= GROWTH_ROWS; row++) {
            int target = Math.max(1, options.steps() * row / GROWTH_ROWS);
            if (target > done) {
                int more = target - done;
                contestants.forEach(side -> side.train(more));
                done = target;
            }
            out.println("| " + done + " | "
                    + contestants.stream()
                            .map(side -> String.format(Locale.ROOT, "%.0f |", side.residentMemory()))
                            .collect(Collectors.joining(" ")));
            out.flush();
        }
    }
}
