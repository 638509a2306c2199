package athanor.contracts;

/** A fact about one run, in the past tense, or a wish to change it ({@link RunCommand}). Record key: the run id. */
public interface RunEvent {

    RunId runId();
}
