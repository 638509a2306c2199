package athanor.diffusion.training.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prodigy (Mishchenko and Defazio 2023, algorithm 4): Adam whose step size {@code d} is an estimate, from below, of how far the
 * start is from the goal. It grows with the evidence that all gradients together point away from the start:
 *
 * <pre>
 *   r = sqrt(beta2) r + (d / d0) d lr &lt;g, x0 - x&gt;        s = sqrt(beta2) s + (d / d0) d g
 *   d = max(d, r / |s|1)
 * </pre>
 *
 * With Adam's correction of the first steps, and without the rate in s, so that a warm-up does not make d too large.
 */
public final class Prodigy implements Optimiser {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double BETA3 = Math.sqrt(BETA2);
    private static final double EPSILON = 1e-8;
    private static final double D0 = 1e-6;

    private final NDArray values;
    private final NDArray start;
    private final NDArray firstMoment;
    private final NDArray secondMoment;
    private final NDArray direction;
    private final double weightDecay;
    private double d;
    private double dMax;
    private double numerator;
    private int step;

    /** @param values change in place */
    public Prodigy(NDManager owner, NDArray values, double weightDecay, OptimiserState state) {
        this.values = values;
        this.weightDecay = weightDecay;
        this.start = state.vector(owner, "start", values);
        this.firstMoment = state.zeros(owner, "first_moment", values);
        this.secondMoment = state.zeros(owner, "second_moment", values);
        this.direction = state.zeros(owner, "direction", values);
        this.d = state.number("d", D0);
        this.dMax = state.number("d_max", D0);
        this.numerator = state.number("numerator", 0);
        this.step = (int) state.number("step", 0);
    }

    @Override
    public void step(NDArray g, double rate) {
        try (NDScope temporaries = new NDScope()) {
            move(g, rate);
        }
    }

    private void move(NDArray g, double rate) {
        step++;
        double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        double pace = d * rate * correction;
        double away = dot(g, start.sub(values));
        firstMoment.muli(BETA1).addi(g.mul(d * (1 - BETA1)));
        secondMoment.muli(BETA2).addi(g.mul(g).muli(d * d * (1 - BETA2)));
        direction.muli(BETA3).addi(g.mul(d / D0 * d));
        numerator = BETA3 * numerator + d / D0 * pace * away;
        double length = direction.abs().sum().getFloat();
        if (length == 0) {
            return;
        }
        if (rate > 0) {
            double found = numerator / length;
            double before = d;
            d = before == D0 ? Math.max(before, found) : before;
            dMax = Math.max(dMax, found);
            d = dMax;
        }
        values.muli(1 - weightDecay * pace);
        values.subi(firstMoment.mul(pace).divi(secondMoment.sqrt().addi(d * EPSILON)));
    }

    static double dot(NDArray a, NDArray b) {
        return a.mul(b).sum().getFloat();
    }

    @Override
    public double foundRate() {
        return d;
    }

    @Override
    public NDArray learnt() {
        return values.duplicate();
    }

    @Override
    public Map<String, NDArray> vectors() {
        Map<String, NDArray> vectors = new LinkedHashMap<>();
        vectors.put("start", start);
        vectors.put("first_moment", firstMoment);
        vectors.put("second_moment", secondMoment);
        vectors.put("direction", direction);
        return vectors;
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("d", d, "d_max", dMax, "numerator", numerator, "step", (double) step);
    }
}
