package athanor.diffusion.training;

/** How the difference of prediction and target becomes a number. */
public enum LossKind {
    /** Squared error. */
    MEAN_SQUARED,
    /** {@code 2 delta (sqrt(d^2 + delta^2) - delta)}: squared near zero, linear far away (pseudo-Huber, Charbonnier et al. 1997). */
    HUBER
}
