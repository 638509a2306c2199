package athanor.diffusion.training;

/** The loss or the gradient is not a number any more; the parameters of the step before are still good. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int step;

    TrainingDivergedException(int step, double loss, double gradNorm) {
        super(("the training diverged at step %d: loss %s, gradient norm %s; the state after step %d is kept."
                        + " A lower learning rate or a warm-up helps most often")
                .formatted(step, loss, gradNorm, step - 1));
        this.step = step;
    }

    /** The step that failed, counting from 1. */
    public int step() {
        return step;
    }
}
