package athanor.ingest;

import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** How many runs are in each state, and how many failed for each reason, counted on the board when somebody asks. */
@ApplicationScoped
class RunMetrics {

    /** Nothing is counted of a run that was erased. */
    private static final List<String> STATES = Arrays.stream(RunState.class.getNestMembers())
            .filter(type -> type.isRecord() && RunState.class.isAssignableFrom(type))
            .map(Class::getSimpleName)
            .filter(name -> !name.equals(RunState.Erased.class.getSimpleName()))
            .sorted()
            .toList();

    private final RunBoard board;
    private final MeterRegistry metrics;

    RunMetrics(RunBoard board, MeterRegistry metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        for (String state : STATES) {
            count("athanor.runs", "state", state, card -> card.state().name().equals(state));
        }
        for (FailureReason reason : FailureReason.values()) {
            count(
                    "athanor.runs.failed",
                    "reason",
                    reason.name(),
                    card -> card.state() instanceof RunState.Failed failed && failed.reason() == reason);
        }
    }

    private void count(String name, String tag, String value, Predicate<RunCard> counts) {
        Gauge.builder(name, () -> board.count(counts)).tag(tag, value).register(metrics);
    }
}
