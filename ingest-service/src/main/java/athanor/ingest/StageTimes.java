package athanor.ingest;

import athanor.contracts.rest.RunView;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Times how long runs stay in each state, as {@code athanor.runs.stage}. What the board reads of earlier days counts no more. */
@ApplicationScoped
class StageTimes {

    private final MeterRegistry metrics;
    private final Instant start;

    StageTimes(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.start = clock.instant();
    }

    /** To be told of every card that takes the place of another. */
    void moved(RunCard before, RunCard now) {
        List<RunView.Entered> history = now.history();
        int last = history.size() - 1;
        if (last < 1 || history.size() == before.history().size()) {
            return;
        }
        RunView.Entered left = history.get(last - 1);
        Instant at = history.get(last).at();
        if (at.isAfter(start)) {
            Duration stayed = Duration.between(left.at(), at);
            metrics.timer("athanor.runs.stage", "stage", left.state())
                    .record(stayed.isNegative() ? Duration.ZERO : stayed);
        }
    }
}
