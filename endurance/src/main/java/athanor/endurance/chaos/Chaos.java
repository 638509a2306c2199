package athanor.endurance.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What {@code ./athanor chaos} runs: seed by seed, or some of them at once. */
public final class Chaos {

    private Chaos() {}

    /** @param arguments first seed, how many, how many at once, the store's two keys, and the command that starts broker and store */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChaosStack.Servers servers = new ChaosStack.Servers(
                Arrays.asList(arguments).subList(5, arguments.length), arguments[3], arguments[4]);
        Seeds seeds =
                new Seeds(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        List<SeedResult> results = run(servers, seeds, System.out::println);
        System.exit(results.stream().allMatch(result -> result.broken().isEmpty()) ? 0 : 1);
    }

    /** @param atOnce each on a stack of its own */
    record Seeds(long first, int count, int atOnce) {}

    /** @return in the order of the seeds; {@code says} hears of each when it is over */
    static List<SeedResult> run(ChaosStack.Servers servers, Seeds seeds, Consumer<String> says)
            throws IOException, InterruptedException {
        ExecutorService tries = Executors.newFixedThreadPool(seeds.atOnce());
        try {
            List<Future<SeedResult>> coming = LongStream.range(seeds.first(), seeds.first() + seeds.count())
                    .mapToObj(seed -> tries.submit(() -> tried(servers, seed, says)))
                    .toList();
            List<SeedResult> results = new ArrayList<>();
            for (Future<SeedResult> result : coming) {
                results.add(result.get());
            }
            says.accept(summary(results));
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw new IllegalStateException("a seed could not be tried", e);
        } finally {
            tries.shutdownNow();
        }
    }

    private static SeedResult tried(ChaosStack.Servers servers, long seed, Consumer<String> says)
            throws IOException, InterruptedException {
        SeedResult result = new TrySeed(servers).run(seed);
        List<String> lines = new ArrayList<>(List.of(result.line()));
        if (!result.broken().isEmpty()) {
            result.accidents().forEach(accident -> lines.add("    " + accident));
            result.broken().forEach(sentence -> lines.add("  ! " + sentence));
        }
        says.accept(String.join("\n", lines));
        return result;
    }

    private static String summary(List<SeedResult> results) {
        double[] takeovers = results.stream()
                .flatMap(result -> result.takeovers().stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        String took = takeovers.length == 0
                ? "nobody took over"
                : "%d takeovers, half within %.1f s, the longest %.1f s"
                        .formatted(takeovers.length, takeovers[takeovers.length / 2], takeovers[takeovers.length - 1]);
        return "%d of %d seeds hold; %d runs finished, %d failed; %s; %d steps and %d events twice"
                .formatted(
                        results.stream()
                                .filter(result -> result.broken().isEmpty())
                                .count(),
                        results.size(),
                        results.stream().mapToInt(SeedResult::finished).sum(),
                        results.stream().mapToInt(SeedResult::failed).sum(),
                        took,
                        results.stream().mapToInt(SeedResult::stepsTwice).sum(),
                        results.stream().mapToInt(SeedResult::repeated).sum());
    }
}
