package athanor.contracts.events;

import athanor.contracts.run.RunId;

/** A fact about one run, in the past tense, or a wish to change it ({@link RunCommand}). Record key: the run id. */
public interface RunEvent {

    RunId runId();
}
