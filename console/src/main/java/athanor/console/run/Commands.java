package athanor.console.run;

import athanor.contracts.run.RunState;
import java.util.List;

/** What a run in a state can be told; the services refuse the rest. */
final class Commands {

    private Commands() {}

    static List<String> of(RunState state) {
        if (state instanceof RunState.Training) {
            return List.of("pause", "sample-now", "stop-and-keep");
        }
        if (state instanceof RunState.Paused) {
            return List.of("resume", "stop-and-keep");
        }
        return state instanceof RunState.Failed ? List.of("resume") : List.of();
    }
}
