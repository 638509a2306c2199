package athanor.endurance.load;

import athanor.contracts.run.RunId;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Queues the runs, lets everybody work, takes some away, and counts. */
final class MeasureLoad {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** A run that nobody has taken up by then never will be. */
    private static final Duration LONGEST_TAKEOVER = Duration.ofMinutes(2);

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final LoadPlan plan;
    private final Crowd crowd;
    private final Consumer<String> says;

    MeasureLoad(LoadPlan plan, Crowd crowd, Consumer<String> says) {
        this.plan = plan;
        this.crowd = crowd;
        this.says = says;
    }

    LoadReport run() throws InterruptedException {
        long before = System.nanoTime();
        crowd.queueRuns();
        says.accept("%,d runs queued in %.1f s".formatted(plan.runs(), secondsSince(before)));
        before = System.nanoTime();
        crowd.start();
        if (!waitUntil(
                PATIENCE,
                () -> crowd.workers().stream().allMatch(worker -> worker.holds().isPresent()))) {
            long idle = crowd.workers().stream()
                    .filter(worker -> worker.holds().isEmpty())
                    .count();
            throw new IllegalStateException(
                    "%d of %d workers have no run after %d s".formatted(idle, plan.workers(), PATIENCE.toSeconds()));
        }
        says.accept("%d workers train after %.1f s".formatted(plan.workers(), secondsSince(before)));
        LoadReport.Steady steady = steady();
        List<Double> takeovers = new ArrayList<>();
        for (LoadedWorker worker : crowd.workers().subList(0, plan.kills())) {
            takeovers.add(takeoverFrom(worker));
        }
        Runtime java = Runtime.getRuntime();
        return new LoadReport(plan, steady, takeovers, java.totalMemory() - java.freeMemory());
    }

    private LoadReport.Steady steady() throws InterruptedException {
        long begin = System.nanoTime();
        Duration trained = crowd.trained();
        List<Long> requests =
                crowd.workers().stream().map(LoadedWorker::requests).toList();
        Thread.sleep(plan.measured().toMillis());
        double seconds = secondsSince(begin);
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            rates.add((crowd.workers().get(i).requests() - requests.get(i)) / seconds);
        }
        double share = crowd.trained().minus(trained).toMillis() / 1000.0 / (plan.workers() * seconds);
        List<Integer> waiting =
                crowd.workers().stream().map(LoadedWorker::waiting).sorted().toList();
        return new LoadReport.Steady(share, rates, waiting.get(0), waiting.get(waiting.size() - 1));
    }

    /** @return seconds, infinite when nobody came */
    private double takeoverFrom(LoadedWorker worker) throws InterruptedException {
        waitUntil(
                PATIENCE,
                () -> worker.holds()
                        .filter(lease -> lease.step() < plan.stepsOfARun() / 2)
                        .isPresent());
        Lease lost = worker.holds().orElseThrow();
        RunId run = lost.runId();
        worker.cutOffNow();
        long begin = System.nanoTime();
        boolean taken = waitUntil(
                LONGEST_TAKEOVER,
                () -> crowd.lease(run)
                        .filter(lease -> lease.attempt() > lost.attempt())
                        .filter(lease -> lease.state() instanceof LeaseState.Held
                                || lease.state().over())
                        .isPresent());
        double seconds = taken ? secondsSince(begin) : Double.POSITIVE_INFINITY;
        says.accept("a worker fell silent; its run goes on after %.1f s".formatted(seconds));
        return seconds;
    }

    private static boolean waitUntil(Duration longest, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return true;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
