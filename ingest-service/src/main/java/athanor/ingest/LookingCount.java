package athanor.ingest;

import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** How many pictures of a run were looked at, and how long the others will take if they take as long as these. */
final class LookingCount {

    private final RunId run;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;
    private final Instant began;

    LookingCount(RunId run, Consumer<DrawingProgressed> news, Clock clock) {
        this.run = run;
        this.news = news;
        this.clock = clock;
        this.began = clock.instant();
    }

    void looked(int pictures, int total) {
        Instant now = clock.instant();
        double seconds = Duration.between(began, now).toMillis() / 1e3;
        news.accept(new DrawingProgressed(
                run,
                DrawingProgressed.Kind.UPLOADED_PICTURES,
                pictures,
                total,
                seconds / pictures * (total - pictures),
                now));
    }
}
