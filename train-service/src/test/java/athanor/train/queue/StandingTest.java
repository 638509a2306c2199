package athanor.train.queue;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.RunState;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void aRunWaitsUntilSomebodyTrainsItAndAgainWhenItIsQueuedForAnotherAttempt() {
        assertThat(Standing.of(new RunState.Queued(), 1).waitsFor(1)).isTrue();
        Standing trains = Standing.of(new RunState.Training(10, 100, 1), 2);
        assertThat(trains.waitsFor(1)).isFalse();
        assertThat(trains.waitsFor(2)).isTrue();
        assertThat(Standing.of(new RunState.Paused(10, 100, 2), 3).waitsFor(2)).isFalse();
    }

    @Test
    void whatWasTrainedOrCancelledDoesNotWait() {
        assertThat(Standing.of(new RunState.Rendering(), 5).waitsFor(1)).isFalse();
        assertThat(Standing.of(new RunState.Cancelled(), 5).waitsFor(1)).isFalse();
    }

    @Test
    void aRunThatFailedIsOpenAgainWhenItIsQueuedLater() {
        Standing cancelled = Standing.of(new RunState.Cancelled(), 100);
        assertThat(cancelled.wasOverBy(100)).isTrue();
        assertThat(cancelled.wasOverBy(101)).isFalse();
        assertThat(Standing.of(new RunState.Queued(), 100).wasOverBy(50)).isFalse();
    }
}
