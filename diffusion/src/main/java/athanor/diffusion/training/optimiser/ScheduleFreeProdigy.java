package athanor.diffusion.training.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prodigy's step size in the schedule-free Adam (Defazio et al. 2024): the vector whose gradient is taken, y, lies between where
 * the steps lead, z, and their weighted average, x, which is what is kept. No schedule has to know when the training ends.
 *
 * <pre>
 *   z = z - d u            u = d g / (sqrt(v) + d eps)
 *   x = (1 - c) x + c z    c = d^2 / sum of all d^2
 *   y = (1 - beta1) z + beta1 x
 * </pre>
 */
public final class ScheduleFreeProdigy implements Optimiser {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double BETA3 = Math.sqrt(BETA2);
    private static final double EPSILON = 1e-8;
    private static final double D0 = 1e-6;

    private final NDArray y;
    private final NDArray z;
    private final NDArray start;
    private final NDArray secondMoment;
    private final NDArray direction;
    private double d;
    private double numerator;
    private double weights;

    /** @param y the vector that gradients are taken at; changes in place */
    public ScheduleFreeProdigy(NDManager owner, NDArray y, OptimiserState state) {
        this.y = y;
        this.z = state.vector(owner, "z", y);
        this.start = state.vector(owner, "start", y);
        this.secondMoment = state.zeros(owner, "second_moment", y);
        this.direction = state.zeros(owner, "direction", y);
        this.d = state.number("d", D0);
        this.numerator = state.number("numerator", 0);
        this.weights = state.number("weights", 0);
    }

    @Override
    public void step(NDArray g, double rate) {
        try (NDScope temporaries = new NDScope()) {
            stepped(g, rate);
        }
    }

    private void stepped(NDArray g, double rate) {
        double pace = d * rate;
        secondMoment.muli(BETA2).addi(g.mul(g).muli(d * d * (1 - BETA2)));
        NDArray update = g.mul(d).divi(secondMoment.sqrt().addi(d * EPSILON));
        double weight = d * d / Math.sqrt(D0);
        double away = weight * Prodigy.dot(g, start.sub(z));
        direction.muli(BETA3).addi(g.mul(weight));
        move(update, pace);
        grow(away, direction.abs().sum().getFloat());
    }

    private void move(NDArray update, double pace) {
        weights += pace * pace;
        double share = weights == 0 ? 0 : pace * pace / weights;
        y.addi(z.sub(y).muli(share));
        z.subi(update.mul(pace));
        y.subi(update.mul(pace * (1 - BETA1 * (1 - share))));
    }

    /** What speaks against a larger step counts only once the step has grown. */
    private void grow(double away, double length) {
        numerator = BETA3 * numerator + (d > D0 || away > 0 ? away : 0);
        if (length > 0) {
            d = Math.max(d, numerator / length);
        }
    }

    /** x, which y and z contain. */
    @Override
    public NDArray learnt() {
        return z.sub(y).muli(1 - 1 / BETA1).addi(y);
    }

    @Override
    public double foundRate() {
        return d;
    }

    @Override
    public Map<String, NDArray> vectors() {
        Map<String, NDArray> vectors = new LinkedHashMap<>();
        vectors.put("z", z);
        vectors.put("start", start);
        vectors.put("second_moment", secondMoment);
        vectors.put("direction", direction);
        return vectors;
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("d", d, "numerator", numerator, "weights", weights);
    }
}
