package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.pipeline.RenderProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives up a drawing that would take too long. How fast a base is on this machine, at this size, with these LoRAs, nobody knows
 * better than its first steps: what they took says what all will take.
 */
final class TimeLimit implements RenderProgress {

    /** The first step also compiles the program for this size. */
    private static final int OF_THE_FIRST_STEP = 2;

    private static final int MEASURED_STEPS = 2;

    private final RenderWish wish;
    private final Duration longest;
    private final RenderProgress progress;
    private final LongSupplier nanos;
    private final long start;

    TimeLimit(RenderWish wish, Duration longest, RenderProgress progress, LongSupplier nanos) {
        this.wish = wish;
        this.longest = longest;
        this.progress = progress;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** @throws CannotRenderException with a sentence, after the first steps alone */
    @Override
    public boolean stepped(int done, int total) {
        if (done <= MEASURED_STEPS) {
            long perStep = (nanos.getAsLong() - start) / done;
            Duration all = Duration.ofNanos(perStep).multipliedBy(total);
            int tolerance = done == 1 && total > 1 ? OF_THE_FIRST_STEP : 1;
            if (all.compareTo(longest.multipliedBy(tolerance)) > 0) {
                throw new CannotRenderException(
                        FailureReason.BAD_RECIPE,
                        "%d picture%s of %s with %d step%s would take about %d s on this machine (%.1f s a step), a request may take %d s; ask for fewer or smaller pictures or fewer steps, or raise athanor.sample.longest-request"
                                .formatted(
                                        wish.pictures().size(),
                                        wish.pictures().size() == 1 ? "" : "s",
                                        wish.size(),
                                        wish.steps(),
                                        wish.steps() == 1 ? "" : "s",
                                        all.toSeconds(),
                                        perStep / 1e9,
                                        longest.toSeconds()),
                        null);
            }
        }
        return progress.stepped(done, total);
    }
}
