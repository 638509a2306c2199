package athanor.diffusion.training;

import java.util.ArrayList;
import java.util.List;

/** Sums of unweighted errors over one optimiser step. */
final class Losses {

    private double instanceSum;
    private double priorSum;
    private int instances;
    private int classPictures;

    private final List<PictureLoss> pictures = new ArrayList<>();

    void add(MicroBatch.Row row, float error) {
        pictures.add(new PictureLoss(row.isClass(), row.timestep(), error));
        add(row.isClass(), error);
    }

    List<PictureLoss> pictures() {
        return pictures;
    }

    private void add(boolean isClass, float error) {
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
