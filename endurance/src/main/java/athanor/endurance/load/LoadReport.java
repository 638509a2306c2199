package athanor.endurance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** @param takeovers seconds from a worker's last sign of life until another one went on with its run */
record LoadReport(LoadPlan plan, Steady steady, List<Double> takeovers, long heapBytes) {

    /**
     * While nobody is killed.
     *
     * @param ofLinear time trained over the time that the workers were there
     * @param requests to the store, a second, of each worker
     * @param leastWaiting how many runs wait, by the worker that counts fewest
     */
    record Steady(double ofLinear, List<Double> requests, int leastWaiting, int mostWaiting) {}

    boolean allTakenOver() {
        return takeovers.stream().allMatch(Double::isFinite);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(line("runs queued, workers", "%,d, %d", plan.runs(), plan.workers()));
        lines.add(line("a run trains for", "%d s", plan.runLasts().toSeconds()));
        lines.add(line("throughput, of linear", "%.3f", steady.ofLinear()));
        double all = steady.requests().stream().mapToDouble(Double::doubleValue).sum();
        double most = steady.requests().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        lines.add(line(
                "store requests a second",
                "%.0f; of a worker %.1f, of the busiest %.1f",
                all,
                all / plan.workers(),
                most));
        lines.add(line("runs that wait, as counted", "%,d to %,d", steady.leastWaiting(), steady.mostWaiting()));
        if (!takeovers.isEmpty()) {
            String each = takeovers.stream()
                    .map(seconds -> String.format(Locale.ROOT, "%.1f", seconds))
                    .collect(Collectors.joining(", "));
            lines.add(line("takeover after a kill", "%s s", each));
        }
        lines.add(line("heap of all workers", "%,d MB", heapBytes >> 20));
        return lines;
    }

    private static String line(String what, String format, Object... values) {
        return String.format(Locale.ROOT, "%-28s %s", what, String.format(Locale.ROOT, format, values));
    }
}
