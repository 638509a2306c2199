package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RunId ANNA = new RunId("anna-1");
    private static final RunId BEN = new RunId("ben-1");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunBoard board = new RunBoard(new StageTimes(registry, Clock.fixed(NOON, ZoneOffset.UTC)));

    @BeforeEach
    void start() {
        new RunMetrics(board, registry).start(new StartupEvent());
    }

    private void tell(RunId run, RunState state, int second) {
        board.tell(new RunSnapshot(run, run.value(), state, NOON.plusSeconds(second)));
    }

    private double gauge(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).gauge().value();
    }

    @Test
    void runsAreCountedByStateAndFailuresByReason() {
        tell(ANNA, new RunState.Queued(), 1);
        tell(BEN, RunState.Failed.of(FailureReason.DIVERGED, "the loss is not a number"), 2);

        assertThat(gauge("athanor.runs", "state", "Queued")).isEqualTo(1);
        assertThat(gauge("athanor.runs", "state", "Failed")).isEqualTo(1);
        assertThat(gauge("athanor.runs", "state", "Training")).isZero();
        assertThat(gauge("athanor.runs.failed", "reason", "DIVERGED")).isEqualTo(1);
        assertThat(gauge("athanor.runs.failed", "reason", "OUT_OF_MEMORY")).isZero();

        board.forget(BEN);

        assertThat(gauge("athanor.runs.failed", "reason", "DIVERGED")).isZero();
    }

    @Test
    void theTimeOfEachStageIsTakenButNotOfWhatWasBeforeTheStart() {
        tell(ANNA, new RunState.Preparing(), -30);
        tell(ANNA, new RunState.Queued(), -10);
        tell(ANNA, new RunState.Training(0, 300, 1), 20);
        tell(ANNA, new RunState.Training(100, 300, 1), 30);
        tell(ANNA, new RunState.Rendering(), 50);

        assertThat(registry.find("athanor.runs.stage").tag("stage", "Preparing").timer())
                .isNull();
        assertThat(seconds("Queued")).isEqualTo(30);
        assertThat(seconds("Training")).isEqualTo(30);
    }

    private double seconds(String stage) {
        Timer timer = registry.get("athanor.runs.stage").tag("stage", stage).timer();
        assertThat(timer.count()).isEqualTo(1);
        return timer.totalTime(TimeUnit.SECONDS);
    }
}
