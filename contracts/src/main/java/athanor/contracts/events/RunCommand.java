package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;
import java.time.Instant;

/** A user's wish about a run that is under way. Every worker reads every command; the one that holds the run obeys. */
public sealed interface RunCommand extends RunEvent {

    Instant at();

    /** Stop and keep nothing but what is stored already. */
    record CancelRun(RunId runId, Instant at) implements RunCommand {
        public CancelRun {
            check(runId, at);
        }
    }

    /** Stop training now and publish the LoRA as it is. */
    record StopAndKeep(RunId runId, Instant at) implements RunCommand {
        public StopAndKeep {
            check(runId, at);
        }
    }

    /** Save a checkpoint and wait. */
    record PauseRun(RunId runId, Instant at) implements RunCommand {
        public PauseRun {
            check(runId, at);
        }
    }

    /** Go on from where a pause left. */
    record ResumeRun(RunId runId, Instant at) implements RunCommand {
        public ResumeRun {
            check(runId, at);
        }
    }

    /** Save a checkpoint now and go on, so that test pictures of it are rendered. */
    record SampleNow(RunId runId, Instant at) implements RunCommand {
        public SampleNow {
            check(runId, at);
        }
    }

    private static void check(RunId runId, Instant at) {
        Check.present(runId, "runId");
        Check.present(at, "at");
    }
}
