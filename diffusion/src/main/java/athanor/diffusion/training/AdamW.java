package athanor.diffusion.training;

import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Torch;
import java.util.EnumMap;
import java.util.Map;

/**
 * The settings of AdamW (Loshchilov and Hutter 2019, algorithm 2) as PyTorch computes it, after clipping the gradient by its
 * global norm; {@link AdamWMethod} computes it.
 *
 * @param epsilon added to the root of the second moment
 * @param maxGradNorm the gradient is scaled down to this L2 norm when it is longer
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double maxGradNorm) {

    /** PyTorch's own values, with the gradient norm of 1 that every LoRA trainer uses. */
    public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8, 1e-2, 1.0);

    /** Numbers in {@link #hyperParameters}, in this order. */
    public enum HyperParameter {
        LEARNING_RATE,
        /** Of the elements after the first part (the text encoder's). */
        SECOND_RATE,
        WEIGHT_DECAY,
        BETA1,
        BETA2,
        EPSILON,
        /** {@code 1 - beta1^step}, by which the first moment is too small. */
        FIRST_BIAS,
        /** Root of {@code 1 - beta2^step}, by which the root of the second moment is too small. */
        SECOND_BIAS_ROOT,
        MAX_GRAD_NORM,
        /** Of the running mean of the parameters. */
        EMA_DECAY;

        static final int COUNT = values().length;

        /** The number itself. */
        public Expression of(Variable hyperParameters) {
            return Torch.row(hyperParameters, ordinal());
        }
    }

    /**
     * What one step needs, as data, so that no program is compiled again when a rate changes.
     *
     * @param step counts from 1
     * @param secondRate learning rate of the elements after the first part (the text encoder's)
     * @param emaDecay of the running mean of the parameters; not used where there is none
     */
    public float[] hyperParameters(int step, double learningRate, double secondRate, double emaDecay) {
        Map<HyperParameter, Double> values = new EnumMap<>(HyperParameter.class);
        values.put(HyperParameter.LEARNING_RATE, learningRate);
        values.put(HyperParameter.SECOND_RATE, secondRate);
        values.put(HyperParameter.WEIGHT_DECAY, weightDecay);
        values.put(HyperParameter.BETA1, beta1);
        values.put(HyperParameter.BETA2, beta2);
        values.put(HyperParameter.EPSILON, epsilon);
        values.put(HyperParameter.FIRST_BIAS, 1 - Math.pow(beta1, step));
        values.put(HyperParameter.SECOND_BIAS_ROOT, Math.sqrt(1 - Math.pow(beta2, step)));
        values.put(HyperParameter.MAX_GRAD_NORM, maxGradNorm);
        values.put(HyperParameter.EMA_DECAY, emaDecay);
        float[] row = new float[HyperParameter.COUNT];
        values.forEach((name, value) -> row[name.ordinal()] = value.floatValue());
        return row;
    }
}
