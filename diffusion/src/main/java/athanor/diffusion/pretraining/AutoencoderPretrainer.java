package athanor.diffusion.pretraining;

import static athanor.diffusion.program.Torch.P;
import static athanor.diffusion.program.Torch.add;
import static athanor.diffusion.program.Torch.cast;
import static athanor.diffusion.program.Torch.detach;
import static athanor.diffusion.program.Torch.mean;
import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.self;
import static athanor.diffusion.program.Torch.slice;
import static athanor.diffusion.program.Torch.sub;
import static athanor.diffusion.program.Torch.torch;
import static athanor.diffusion.program.Torch.variable;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.AutoencoderKL;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Definition;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.AdamWMethod;
import athanor.diffusion.training.FlatParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains an {@code AutoencoderKL} from nothing: absolute and squared error of the reconstruction, and a little pressure of
 * the posterior towards the unit normal (Rombach et al. 2022, appendix G, without the adversarial part).
 *
 * <p>The gradient is that of {@code mean|d| + 2 mean d^2 + klWeight KL}.
 */
public final class AutoencoderPretrainer implements AutoCloseable {

    /**
     * What a step saw.
     *
     * @param meanSquaredError of the reconstruction, for pictures in -1..1
     * @param kullbackLeibler per latent number
     */
    public record Report(double meanSquaredError, double kullbackLeibler, double gradNorm) {}

    private static final String PREFIX = "vae/";

    /** The latent that was drawn. */
    private static final Variable Z = variable("z");

    private final VaeConfig config;
    private final AdamW optimizer;
    private final ParameterTable table;
    private final TorchProgram program;
    private final FlatParameters parameters;
    private final NDArray runningMean;
    private int step;

    private AutoencoderPretrainer(VaeConfig config, AdamW optimizer, EmittedProgram emitted, PretrainerState start) {
        this.config = config;
        this.optimizer = optimizer;
        this.table = emitted.weights();
        this.program = TorchProgram.load(emitted.text(), Device.cpu());
        this.step = start.step();
        this.parameters =
                new FlatParameters(program.manager(), start.values(), start.firstMoment(), start.secondMoment());
        this.runningMean = program.manager().create(start.runningMean());
    }

    /** @param klWeight about 3e-4 */
    public static AutoencoderPretrainer ofTheWhole(
            VaeConfig config,
            AdamW optimizer,
            double klWeight,
            ComputeType type,
            long seed,
            @Nullable PretrainerState resumeFrom) {
        EmittedProgram emitted = emit(config, Z, klWeight, type);
        PretrainerState start = resumeFrom == null ? PretrainerState.fresh(emitted.weights(), seed) : resumeFrom;
        return new AutoencoderPretrainer(config, optimizer, emitted, start);
    }

    /**
     * Trains the decoder alone. The encoder gets no gradient, so the latents, and whatever was trained on them, stay as they are.
     *
     * @param optimizer without weight decay, which would reach the encoder too
     * @param start with the encoder's moments at zero
     */
    public static AutoencoderPretrainer ofTheDecoder(
            VaeConfig config, AdamW optimizer, ComputeType type, PretrainerState start) {
        return new AutoencoderPretrainer(config, optimizer, emit(config, detach(Z), 0, type), start);
    }

    /** @param latent what is decoded, an expression over {@link #Z} */
    private static EmittedProgram emit(VaeConfig config, Expression latent, double klWeight, ComputeType type) {
        AutoencoderKL vae = new AutoencoderKL(config);
        EmittedProgram program = new EmittedProgram(type, "cpu");
        Variable x = variable("x");
        Emitter encoder = program.begin(Signature.of("encode").weights().tensors(x), PREFIX, LoraPlan.NONE);
        program.add(encoder.returning(vae.encode(encoder, x)));
        Emitter decoder = program.begin(Signature.of("decode").weights().tensors(Z), PREFIX, LoraPlan.NONE);
        program.add(decoder.returning(vae.decode(decoder, Z)));
        program.unpackMethod(program.weights());
        program.add(AdamWMethod.ofAll(program.weights().totalElements()).definition());
        program.add(step(config.latentChannels(), latent, klWeight, type));
        return program;
    }

    private static Definition step(int latents, Expression latent, double klWeight, ComputeType type) {
        Variable picture = variable("picture");
        Variable noise = variable("noise");
        PretrainingStep step = new PretrainingStep(type, picture, noise);
        Variable moments = step.let("moments", cast(self("encode", P, cast(picture, type)), ComputeType.FLOAT32));
        Variable mean = step.let("mean", slice(moments, 1, 0, latents));
        Variable logvar = step.let(
                "logvar", torch("clamp", slice(moments, 1, latents, 2 * latents), number("-20."), number("10.")));
        Expression deviation = exp(mul(logvar, number(0.5)));
        step.let(Z, add(mean, mul(deviation, noise)));
        Variable decoded = step.let("decoded", cast(self("decode", P, cast(latent, type)), ComputeType.FLOAT32));
        Variable d = step.let("d", sub(decoded, picture));
        Variable squared = step.let("squared", mean(mul(d, d)));
        Expression twiceKl = sub(sub(add(mul(mean, mean), exp(logvar)), number("1.")), logvar);
        Variable kl = step.let("kl", mul(mean(twiceKl), number(0.5)));
        Expression reconstruction = add(mean(torch("abs", d)), mul(squared, number("2.")));
        Variable loss = step.let("loss", add(reconstruction, mul(kl, number(klWeight))));
        return step.reporting(loss, detach(squared), detach(kl));
    }

    private static Expression exp(Expression x) {
        return torch("exp", x);
    }

    /**
     * One optimiser step.
     *
     * @param pictures (B, 3, H, W) in -1..1, flat
     * @param noise unit normal, (B, latentChannels, H/f, W/f), flat
     */
    public Report step(float[] pictures, float[] noise, int batch, int height, int width, double learningRate) {
        step++;
        double emaDecay = Math.min(0.998, (1.0 + step) / (10 + step));
        int f = config.factor();
        try (NDManager scope = program.manager().newSubManager()) {
            float[] report = program.callWithGradients(
                            scope,
                            "step",
                            parameters.values(),
                            parameters.firstMoment(),
                            parameters.secondMoment(),
                            runningMean,
                            scope.create(optimizer.hyperParameters(step, learningRate, learningRate, emaDecay)),
                            scope.create(pictures, new Shape(batch, 3, height, width)),
                            scope.create(noise, new Shape(batch, config.latentChannels(), height / f, width / f)))
                    .get(0)
                    .toFloatArray();
            return new Report(report[0], report[1], report[2]);
        }
    }

    /** The running mean of the weights, by their names in the checkpoint. */
    public Map<String, float[]> weights() {
        return withoutPrefix(FlatParameters.named(table, runningMean.toFloatArray()));
    }

    public int[] shape(String name) {
        return table.shape(PREFIX + name);
    }

    /** Everything that a later process needs to go on, flat: values, moments, running mean. */
    public PretrainerState state() {
        return new PretrainerState(
                step,
                parameters.values().toFloatArray(),
                parameters.firstMoment().toFloatArray(),
                parameters.secondMoment().toFloatArray(),
                runningMean.toFloatArray());
    }

    private static Map<String, float[]> withoutPrefix(Map<String, float[]> weights) {
        Map<String, float[]> plain = new java.util.LinkedHashMap<>();
        weights.forEach((name, values) -> plain.put(name.substring(PREFIX.length()), values));
        return plain;
    }

    @Override
    public void close() {
        parameters.close();
        program.close();
    }
}
