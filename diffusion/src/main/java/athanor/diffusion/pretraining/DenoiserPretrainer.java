package athanor.diffusion.pretraining;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.FlatParameters;
import athanor.diffusion.training.NoiseTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains a UNet and its text encoder together from nothing on latents with captions. */
public final class DenoiserPretrainer implements AutoCloseable {

    public static final String UNET = "unet/";
    public static final String TEXT_ENCODER = "text_encoder/";

    /**
     * One batch as data.
     *
     * @param latents scaled, (B, C, h, w), flat
     * @param noise unit normal, like latents
     * @param terms one row a picture
     * @param cellWeights how much each latent pixel counts in the loss, (B, 1, h, w), flat; not normalised again
     * @param ids caption tokens, (B, L), flat
     */
    public record Batch(
            float[] latents, float[] noise, NoiseTerms terms, float[] cellWeights, long[] ids, int height, int width) {}

    /** @param loss mean over the batch of the unweighted squared error */
    public record Report(double loss, double gradNorm) {}

    private final int channels;
    private final AdamW optimizer;
    private final Emitter emitter;
    private final TorchProgram program;
    private final FlatParameters parameters;
    private final NDArray runningMean;
    private int step;

    public DenoiserPretrainer(
            UNetConfig unet,
            TextEncoderConfig text,
            AdamW optimizer,
            ComputeType type,
            long seed,
            @Nullable PretrainerState resumeFrom) {
        this.channels = unet.inChannels();
        this.optimizer = optimizer;
        this.emitter = emit(unet, text, type);
        this.program = TorchProgram.load(emitter.program(), Device.cpu());
        PretrainerState start = resumeFrom == null ? fresh(emitter, seed) : resumeFrom;
        this.step = start.step();
        this.parameters =
                new FlatParameters(program.manager(), start.values(), start.firstMoment(), start.secondMoment());
        this.runningMean = program.manager().create(start.runningMean());
    }

    private static PretrainerState fresh(Emitter emitter, long seed) {
        float[] values = Initialisation.draw(emitter.weights(), seed);
        return new PretrainerState(0, values, new float[values.length], new float[values.length], values.clone());
    }

    private static Emitter emit(UNetConfig unet, TextEncoderConfig text, ComputeType type) {
        Emitter emitter = new Emitter(type, "cpu");
        emitter.begin("text", TEXT_ENCODER, LoraPlan.NONE, "P: List[Tensor], ids: Tensor", "Tensor");
        emitter.end(new CLIPTextModel(text).forward(emitter, "ids").last());
        emitter.begin("unet", UNET, LoraPlan.NONE, "P: List[Tensor], x: Tensor, t: Tensor, text: Tensor", "Tensor");
        emitter.end(
                new UNet2DConditionModel(unet).forward(emitter, emitter.toComputeType("x"), "t", "text", null, null));
        emitter.unpackMethod("unpack", emitter.weights());
        int total = emitter.weights().totalElements();
        AdamW.emit(emitter, total, total, List.of());
        emitter.method(NoiseTerms.METHODS);
        emitter.method("""
                  def step(self: __torch__.Program, flat: Tensor, m: Tensor, v: Tensor, ema: Tensor, hyper: Tensor, latents: Tensor, noise: Tensor, terms: Tensor, cells: Tensor, ids: Tensor) -> Tensor:
                    f = torch.requires_grad_(torch.detach(flat), True)
                    P = self.unpack(CAST_F)
                    prediction = self.unet(P, self.noisy(latents, noise, terms), torch.select(terms, 0, 4), self.text(P, ids))
                    d = torch.sub(torch.to(prediction, 6, False, False, None), self.target(latents, noise, terms))
                    squares = torch.mul(d, d)
                    errors = torch.mean(torch.mul(squares, cells), [1, 2, 3])
                    loss = torch.sum(torch.mul(errors, torch.select(terms, 0, 5)))
                    gradients = torch.grad([loss], [f], None, None, False, False)
                    gradient = torch._unwrap_optional(gradients[0])
                    norm = self.adamw(flat, gradient, m, v, hyper)
                    _1 = torch.lerp_(ema, torch.detach(flat), torch.rsub(torch.select(hyper, 0, 9), 1.))
                    return torch.stack([torch.mean(torch.detach(squares)), norm], 0)
                """.replace("CAST_F", Emitter.cast("f", type)).indent(0));
        return emitter;
    }

    public Report step(Batch batch, double learningRate) {
        step++;
        double emaDecay = Math.min(0.998, (1.0 + step) / (10 + step));
        int size = batch.terms().pictures();
        Shape shape = new Shape(size, channels, batch.height(), batch.width());
        try (NDManager scope = program.manager().newSubManager()) {
            float[] report = program.callWithGradients(
                            scope,
                            "step",
                            parameters.values(),
                            parameters.firstMoment(),
                            parameters.secondMoment(),
                            runningMean,
                            scope.create(optimizer.hyperParameters(step, learningRate, learningRate, emaDecay)),
                            scope.create(batch.latents(), shape),
                            scope.create(batch.noise(), shape),
                            batch.terms().array(scope, 1),
                            scope.create(batch.cellWeights(), new Shape(size, 1, batch.height(), batch.width())),
                            scope.create(batch.ids(), new Shape(size, batch.ids().length / size)))
                    .get(0)
                    .toFloatArray();
            return new Report(report[0], report[1]);
        }
    }

    /**
     * The running mean of one network's weights, by their names in the checkpoint.
     *
     * @param network {@link #UNET} or {@link #TEXT_ENCODER}
     */
    public Map<String, float[]> weights(String network) {
        Map<String, float[]> plain = new LinkedHashMap<>();
        FlatParameters.named(emitter.weights(), runningMean.toFloatArray()).forEach((name, values) -> {
            if (name.startsWith(network)) {
                plain.put(name.substring(network.length()), values);
            }
        });
        return plain;
    }

    public int[] shape(String network, String name) {
        return emitter.weights().shape(network + name);
    }

    public int parameterCount() {
        return emitter.weights().totalElements();
    }

    public PretrainerState state() {
        return new PretrainerState(
                step,
                parameters.values().toFloatArray(),
                parameters.firstMoment().toFloatArray(),
                parameters.secondMoment().toFloatArray(),
                runningMean.toFloatArray());
    }

    @Override
    public void close() {
        parameters.close();
        program.close();
    }
}
