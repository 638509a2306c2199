package athanor.diffusion.pretraining;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.AutoencoderKL;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.FlatParameters;
import java.util.List;
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

    private final VaeConfig config;
    private final AdamW optimizer;
    private final Emitter emitter;
    private final TorchProgram program;
    private final FlatParameters parameters;
    private final NDArray runningMean;
    private int step;

    private AutoencoderPretrainer(VaeConfig config, AdamW optimizer, Emitter emitter, PretrainerState start) {
        this.config = config;
        this.optimizer = optimizer;
        this.emitter = emitter;
        this.program = TorchProgram.load(emitter.program(), Device.cpu());
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
        Emitter emitter = emit(config, "z", klWeight, type);
        return new AutoencoderPretrainer(
                config, optimizer, emitter, resumeFrom == null ? fresh(emitter, seed) : resumeFrom);
    }

    /**
     * Trains the decoder alone. The encoder gets no gradient, so the latents, and whatever was trained on them, stay as they are.
     *
     * @param optimizer without weight decay, which would reach the encoder too
     * @param start with the encoder's moments at zero
     */
    public static AutoencoderPretrainer ofTheDecoder(
            VaeConfig config, AdamW optimizer, ComputeType type, PretrainerState start) {
        return new AutoencoderPretrainer(config, optimizer, emit(config, "torch.detach(z)", 0, type), start);
    }

    private static PretrainerState fresh(Emitter emitter, long seed) {
        float[] values = Initialisation.draw(emitter.weights(), seed);
        return new PretrainerState(0, values, new float[values.length], new float[values.length], values.clone());
    }

    /** @param latent what is decoded, an expression over {@code z} */
    private static Emitter emit(VaeConfig config, String latent, double klWeight, ComputeType type) {
        AutoencoderKL vae = new AutoencoderKL(config);
        Emitter emitter = new Emitter(type, "cpu");
        emitter.begin("encode", PREFIX, LoraPlan.NONE, "P: List[Tensor], x: Tensor", "Tensor");
        emitter.end(vae.encode(emitter, "x"));
        emitter.begin("decode", PREFIX, LoraPlan.NONE, "P: List[Tensor], z: Tensor", "Tensor");
        emitter.end(vae.decode(emitter, "z"));
        emitter.unpackMethod("unpack", emitter.weights());
        int total = emitter.weights().totalElements();
        AdamW.emit(emitter, total, total, List.of());
        int latents = config.latentChannels();
        emitter.method("""
                  def step(self: __torch__.Program, flat: Tensor, m: Tensor, v: Tensor, ema: Tensor, hyper: Tensor, picture: Tensor, noise: Tensor) -> Tensor:
                    f = torch.requires_grad_(torch.detach(flat), True)
                    P = self.unpack(CAST_F)
                    moments = torch.to(self.encode(P, CAST_X), 6, False, False, None)
                    mean = torch.slice(moments, 1, 0, LATENTS, 1)
                    logvar = torch.clamp(torch.slice(moments, 1, LATENTS, TWICE, 1), -20., 10.)
                    z = torch.add(mean, torch.mul(torch.exp(torch.mul(logvar, 0.5)), noise))
                    decoded = torch.to(self.decode(P, CAST_Z), 6, False, False, None)
                    d = torch.sub(decoded, picture)
                    squared = torch.mean(torch.mul(d, d))
                    kl = torch.mul(torch.mean(torch.sub(torch.sub(torch.add(torch.mul(mean, mean), torch.exp(logvar)), 1.), logvar)), 0.5)
                    loss = torch.add(torch.add(torch.mean(torch.abs(d)), torch.mul(squared, 2.)), torch.mul(kl, KL_WEIGHT))
                    gradients = torch.grad([loss], [f], None, None, False, False)
                    gradient = torch._unwrap_optional(gradients[0])
                    norm = self.adamw(flat, gradient, m, v, hyper)
                    _1 = torch.lerp_(ema, torch.detach(flat), torch.rsub(torch.select(hyper, 0, 9), 1.))
                    return torch.stack([torch.detach(squared), torch.detach(kl), norm], 0)
                """.replace("CAST_F", Emitter.cast("f", type))
                .replace("CAST_X", Emitter.cast("picture", type))
                .replace("CAST_Z", Emitter.cast(latent, type))
                .replace("LATENTS", String.valueOf(latents))
                .replace("TWICE", String.valueOf(2 * latents))
                .replace("KL_WEIGHT", String.valueOf(klWeight)));
        return emitter;
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
        return withoutPrefix(FlatParameters.named(emitter.weights(), runningMean.toFloatArray()));
    }

    public int[] shape(String name) {
        return emitter.weights().shape(PREFIX + name);
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
