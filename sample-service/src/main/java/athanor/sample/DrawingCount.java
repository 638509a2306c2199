package athanor.sample;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.run.RunId;
import athanor.sample.render.DrawingWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Counts the pictures that a run waits for, of several drawings together. How long the rest will take follows from those that
 * were drawn here; what lay in the store already took no time and says nothing of it.
 */
final class DrawingCount {

    private final RunId run;
    private final DrawingProgressed.Kind kind;
    private final int total;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;
    private int found;
    private int drawn;
    private Duration spent = Duration.ZERO;

    /** @param total pictures that are wanted */
    DrawingCount(RunId run, DrawingProgressed.Kind kind, int total, Consumer<DrawingProgressed> news, Clock clock) {
        this.run = run;
        this.kind = kind;
        this.total = total;
        this.news = news;
        this.clock = clock;
    }

    /** So many need not be drawn. */
    void found(int pictures) {
        found += pictures;
        if (pictures > 0) {
            tell(drawn, spent);
        }
    }

    /** The next so many are drawn now. */
    DrawingWatch next(int pictures) {
        Instant begin = clock.instant();
        Duration before = spent;
        int drawnBefore = drawn;
        return (done, steps) -> {
            Duration since = before.plus(Duration.between(begin, clock.instant()));
            double now = drawnBefore + pictures * (double) done / steps;
            if (done == steps) {
                drawn = drawnBefore + pictures;
                spent = since;
            }
            tell(now, since);
        };
    }

    private void tell(double drawnNow, Duration since) {
        double left = total - found - drawnNow;
        double eta = drawnNow > 0 ? since.toMillis() / 1e3 / drawnNow * Math.max(0, left) : Double.NaN;
        if (!Double.isNaN(eta) || left <= 0) {
            int done = Math.min(total, found + (int) drawnNow);
            news.accept(new DrawingProgressed(run, kind, done, total, left <= 0 ? 0 : eta, clock.instant()));
        }
    }
}
