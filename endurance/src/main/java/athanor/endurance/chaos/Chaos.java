package athanor.endurance.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What {@code ./athanor chaos} runs: one seed after another. */
public final class Chaos {

    private Chaos() {}

    /** @param arguments first seed, how many, the store's two keys, and the command that starts broker and store */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChaosStack.Servers servers = new ChaosStack.Servers(
                Arrays.asList(arguments).subList(4, arguments.length), arguments[2], arguments[3]);
        List<SeedResult> results =
                run(servers, Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), System.out::println);
        System.exit(results.stream().allMatch(result -> result.broken().isEmpty()) ? 0 : 1);
    }

    static List<SeedResult> run(ChaosStack.Servers servers, long first, int seeds, Consumer<String> says)
            throws IOException, InterruptedException {
        TrySeed tries = new TrySeed(servers);
        List<SeedResult> results = new ArrayList<>();
        for (long seed = first; seed < first + seeds; seed++) {
            SeedResult result = tries.run(seed);
            results.add(result);
            says.accept(result.line());
            if (!result.broken().isEmpty()) {
                result.accidents().forEach(accident -> says.accept("    " + accident));
                result.broken().forEach(sentence -> says.accept("  ! " + sentence));
            }
        }
        says.accept(summary(results));
        return results;
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
