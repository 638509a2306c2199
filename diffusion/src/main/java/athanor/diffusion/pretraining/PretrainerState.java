package athanor.diffusion.pretraining;

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

    /** A start from the running mean, which is what a base folder holds. */
    public PretrainerState ofTheMean() {
        return new PretrainerState(
                0, runningMean, new float[values.length], new float[values.length], runningMean.clone());
    }
}
