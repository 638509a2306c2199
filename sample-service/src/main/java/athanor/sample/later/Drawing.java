package athanor.sample.later;

import athanor.contracts.rest.SampleJob;
import athanor.contracts.rest.SampleJob.State;
import athanor.contracts.rest.SampleResponse;
import athanor.sample.render.DrawingWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of them. Safe for the thread that draws and for those that look. */
public final class Drawing implements Runnable {

    /** What is done when its turn comes. */
    @FunctionalInterface
    public interface Work {

        /** @throws CancellationException when it was cancelled meanwhile */
        SampleResponse draw(DrawingWatch watch, BooleanSupplier cancelled);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Drawing.class);

    private final String id;
    private final String tenant;
    private final String prompt;
    private final Work work;
    private final Clock clock;
    private final Instant askedAt;

    private State state = State.WAITING;
    private @Nullable Instant begun;
    private int done;
    private int total;
    private @Nullable SampleResponse answer;
    private @Nullable String problem;

    Drawing(String id, String tenant, String prompt, Work work, Clock clock) {
        this.id = id;
        this.tenant = tenant;
        this.prompt = prompt;
        this.work = work;
        this.clock = clock;
        this.askedAt = clock.instant();
    }

    String id() {
        return id;
    }

    String tenant() {
        return tenant;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            SampleResponse drawn = work.draw(this::stepped, this::isCancelled);
            end(State.DONE, drawn, null);
        } catch (CancellationException e) {
            end(State.CANCELLED, null, null);
        } catch (RuntimeException e) {
            LOG.warn("A drawing that nobody waits for failed: {}", e.getMessage());
            end(State.FAILED, null, String.valueOf(e.getMessage()));
        }
    }

    private synchronized boolean begin() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.DRAWING;
        begun = clock.instant();
        return true;
    }

    private synchronized void stepped(int doneSoFar, int ofAll) {
        done = doneSoFar;
        total = ofAll;
    }

    synchronized boolean isCancelled() {
        return state == State.CANCELLED;
    }

    synchronized boolean isOver() {
        return state.over();
    }

    /** Nothing when it is over already. */
    synchronized void cancel() {
        if (!state.over()) {
            state = State.CANCELLED;
        }
    }

    private synchronized void end(State how, @Nullable SampleResponse drawn, @Nullable String sentence) {
        if (!state.over()) {
            state = how;
            answer = drawn;
            problem = sentence;
        }
    }

    synchronized SampleJob view() {
        return new SampleJob(id, state, prompt, askedAt, done, total, eta(), answer, problem);
    }

    private @Nullable Double eta() {
        if (state != State.DRAWING || begun == null || done == 0) {
            return null;
        }
        double spent = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
        return spent * (total - done) / done;
    }
}
