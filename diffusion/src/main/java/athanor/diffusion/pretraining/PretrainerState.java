package athanor.diffusion.pretraining;

import athanor.diffusion.program.ParameterTable;

/** A pretraining at rest: flat float32 vectors of equal length. */
public record PretrainerState(
        int step, float[] values, float[] firstMoment, float[] secondMoment, float[] runningMean) {

    public PretrainerState {
        if (firstMoment.length != values.length
                || secondMoment.length != values.length
                || runningMean.length != values.length) {
            throw new IllegalArgumentException(
                    "the vectors of one state have %d, %d, %d and %d numbers, wanted the same"
                            .formatted(values.length, firstMoment.length, secondMoment.length, runningMean.length));
        }
    }

    /** A start with nothing learnt, see {@link Initialisation}. */
    static PretrainerState fresh(ParameterTable table, long seed) {
        float[] values = Initialisation.draw(table, seed);
        return new PretrainerState(0, values, new float[values.length], new float[values.length], values.clone());
    }

    /** A start from the running mean, which is what a base folder holds. */
    public PretrainerState ofTheMean() {
        return new PretrainerState(
                0, runningMean, new float[values.length], new float[values.length], runningMean.clone());
    }
}
