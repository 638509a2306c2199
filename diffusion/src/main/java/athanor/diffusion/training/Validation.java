package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Measures {@link ValidationLoss}. Draws are a function of (seed, picture, band) and of nothing else. */
final class Validation {

    /** Timesteps a picture is measured at: the middle of each quarter of the schedule. */
    static final int BANDS = 4;

    private static final int MOST_CLASS_PICTURES = 4;

    private final LoraProgram program;
    private final BatchGradient gradients;
    private final NoiseDraws noise;
    private final StepRandom random;
    private final List<MicroBatch> heldOut;
    private final List<MicroBatch> classPictures;

    Validation(
            LoraProgram program,
            BatchGradient gradients,
            TrainedPictures pictures,
            NoiseDraws noise,
            StepRandom random) {
        this.program = program;
        this.gradients = gradients;
        this.noise = noise;
        this.random = random;
        List<CachedExample> some = pictures.classPictures()
                .subList(
                        0,
                        Math.min(MOST_CLASS_PICTURES, pictures.classPictures().size()));
        this.heldOut = batches(pictures.heldOut(), false, StepRandom.Purpose.VALIDATION);
        this.classPictures = batches(some, true, StepRandom.Purpose.VALIDATION_CLASS);
    }

    private List<MicroBatch> batches(List<CachedExample> pictures, boolean areClass, StepRandom.Purpose purpose) {
        List<MicroBatch> batches = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            for (int band = 0; band < BANDS; band++) {
                MicroBatch batch = noise.newBatch();
                batch.addAt(noise.timestep(band, BANDS), pictures.get(i), areClass, random.at(purpose, i, band));
                batches.add(batch);
            }
        }
        return batches;
    }

    /**
     * @param values of the trained parameters that are measured
     * @param alive is told of every picture that is measured
     */
    ValidationLoss measure(NDArray values, Runnable alive) {
        return new ValidationLoss(losses(values, heldOut, alive), losses(values, classPictures, alive));
    }

    private List<PictureLoss> losses(NDArray values, List<MicroBatch> batches, Runnable alive) {
        List<PictureLoss> losses = new ArrayList<>();
        for (MicroBatch batch : batches) {
            MicroBatch.Row row = batch.rows().get(0);
            try (NDManager scope = program.newScope()) {
                float error =
                        gradients.of(scope, values, batch, batch.terms(1, 1)).errors()[0];
                losses.add(new PictureLoss(row.isClass(), row.timestep(), error));
            }
            alive.run();
        }
        return losses;
    }
}
