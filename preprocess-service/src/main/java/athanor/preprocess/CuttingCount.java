package athanor.preprocess;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** How many pictures of a run are cut, and how long the others will take if they take as long as these. */
final class CuttingCount {

    private final RunId run;
    private final int total;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;
    private final Instant began;

    CuttingCount(RunId run, int total, Consumer<DrawingProgressed> news, Clock clock) {
        this.run = run;
        this.total = total;
        this.news = news;
        this.clock = clock;
        this.began = clock.instant();
    }

    void done(int pictures) {
        Instant now = clock.instant();
        double seconds = Duration.between(began, now).toMillis() / 1e3;
        news.accept(new DrawingProgressed(
                run,
                DrawingProgressed.Kind.INSTANCE_PICTURES,
                pictures,
                total,
                seconds / pictures * (total - pictures),
                now));
    }
}
