package athanor.train.queue;

import athanor.contracts.run.RunState;

/**
 * What was told last of a run, as far as the queue has to know it.
 *
 * @param over nothing is left to train
 * @param begun the last attempt that somebody began to train; 0 when nobody did
 * @param at Kafka's time of the record, in milliseconds
 */
record Standing(boolean over, int begun, long at) {

    static Standing of(RunState state, long at) {
        boolean trained = state.over() || state instanceof RunState.Rendering;
        return new Standing(trained, state instanceof RunState.AtStep here ? here.attempt() : 0, at);
    }

    /** A run that failed is resumed by a record that is younger than its failure. */
    boolean wasOverBy(long queuedAt) {
        return over && at >= queuedAt;
    }

    boolean waitsFor(int attempt) {
        return !over && attempt > begun;
    }
}
