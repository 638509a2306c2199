package athanor.diffusion.training;

import static athanor.diffusion.program.Torch.add;
import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.variable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.schedule.Mix;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.PredictionType;

/**
 * The numbers that turn clean latents and noise into what the network sees and what it should answer, one column a picture.
 *
 * <pre>
 *   seen   = signal * latents + sigma * noise          (Ho et al. 2020, eq. 4)
 *   wanted = noiseShare * noise + latentShare * latents
 *            epsilon: 1 and 0; velocity: sqrt(abar) and -sqrt(1 - abar) (Salimans and Ho 2022, appendix D)
 *   loss   = sum over pictures of weight * mean squared error
 * </pre>
 */
public final class NoiseTerms {

    /** Rows of the array that programs read. */
    public enum Row {
        SIGNAL,
        SIGMA,
        NOISE_SHARE,
        LATENT_SHARE,
        TIMESTEP,
        WEIGHT,
        /** 1 where the target is the frozen base's own prediction, else 0. */
        OWN_PREDICTION,
        /** Where the Huber loss turns from squared to linear. */
        HUBER_DELTA;

        private static final int COUNT = values().length;

        /** One number a picture, (B). */
        public Expression of(Variable terms) {
            return Torch.row(terms, ordinal());
        }

        /** The same as factors of pictures, (B, 1, 1, 1). */
        Expression asFactors(Variable terms) {
            return Torch.self("column", terms, Torch.number(ordinal()));
        }
    }

    /** What programs call the array. */
    public static final Variable TERMS = variable("terms");

    public static final Variable LATENTS = variable("latents");
    public static final Variable NOISE = variable("noise");

    private static final String COLUMN = """
              def column(self: __torch__.Program, terms: Tensor, row: int) -> Tensor:
                return torch.view(torch.select(terms, 0, row), [-1, 1, 1, 1])
            """.indent(0);

    private final float[] rows;
    private final int pictures;

    public NoiseTerms(int pictures) {
        this.pictures = pictures;
        this.rows = new float[Row.COUNT * pictures];
    }

    /** Adds {@code noisy} and {@code target}, each (B, C, h, w), from latents, noise and terms. */
    public static void emit(EmittedProgram program) {
        program.add(COLUMN);
        Expression seen = add(mul(LATENTS, Row.SIGNAL.asFactors(TERMS)), mul(NOISE, Row.SIGMA.asFactors(TERMS)));
        Expression wanted =
                add(mul(NOISE, Row.NOISE_SHARE.asFactors(TERMS)), mul(LATENTS, Row.LATENT_SHARE.asFactors(TERMS)));
        program.add(new Method(Signature.of("noisy").tensors(LATENTS, NOISE, TERMS)).returning(seen));
        program.add(new Method(Signature.of("target").tensors(LATENTS, NOISE, TERMS)).returning(wanted));
    }

    /** What the network sees, in a program that has {@link #emit}. */
    public static Expression noisy() {
        return Torch.self("noisy", LATENTS, NOISE, TERMS);
    }

    /** What the network should answer, in a program that has {@link #emit}. */
    public static Expression target() {
        return Torch.self("target", LATENTS, NOISE, TERMS);
    }

    /**
     * @param level share of picture and noise at the timestep
     * @param weight of this picture in the loss; the weights of a batch are not normalised again
     */
    public void set(int picture, int timestep, NoiseLevel level, PredictionType prediction, double weight) {
        Mix target = prediction.target(level);
        put(Row.SIGNAL, picture, level.alpha());
        put(Row.SIGMA, picture, level.sigma());
        put(Row.NOISE_SHARE, picture, target.second());
        put(Row.LATENT_SHARE, picture, target.first());
        put(Row.TIMESTEP, picture, timestep);
        put(Row.WEIGHT, picture, weight);
        put(Row.HUBER_DELTA, picture, 1);
    }

    /** The target of this picture is the frozen base's own prediction. */
    void answersAsTheBase(int picture) {
        put(Row.OWN_PREDICTION, picture, 1);
    }

    /** Where the Huber loss of this picture turns from squared to linear. */
    void huberDelta(int picture, double delta) {
        put(Row.HUBER_DELTA, picture, delta);
    }

    private void put(Row row, int picture, double value) {
        rows[row.ordinal() * pictures + picture] = (float) value;
    }

    /** Of a picture in the loss. */
    double weight(int picture) {
        return rows[Row.WEIGHT.ordinal() * pictures + picture];
    }

    public int pictures() {
        return pictures;
    }

    /** @param lossScale factor of every weight, see {@link LossScale} */
    public NDArray array(NDManager scope, float lossScale) {
        float[] scaled = rows.clone();
        int weights = Row.WEIGHT.ordinal() * pictures;
        for (int i = weights; i < weights + pictures; i++) {
            scaled[i] *= lossScale;
        }
        return scope.create(scaled, new Shape(Row.COUNT, pictures));
    }
}
