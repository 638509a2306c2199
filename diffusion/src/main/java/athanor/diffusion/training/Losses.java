package athanor.diffusion.training;

/** Sums of unweighted errors over one optimiser step. */
final class Losses {

    private double instanceSum;
    private double priorSum;
    private int instances;
    private int classPictures;

    void add(boolean isClass, float error) {
        if (isClass) {
            priorSum += error;
            classPictures++;
        } else {
            instanceSum += error;
            instances++;
        }
    }

    double instance() {
        return instanceSum / Math.max(1, instances);
    }

    double prior() {
        return priorSum / Math.max(1, classPictures);
    }

    double sum() {
        return instanceSum + priorSum;
    }
}
