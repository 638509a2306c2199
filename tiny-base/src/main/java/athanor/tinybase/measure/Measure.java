package athanor.tinybase.measure;

/** One question, answered by trainings and pictures. */
interface Measure {

    /** @return name on the command line and of its files */
    String name();

    Result run(EvaluationHarness harness, Effort effort);
}
