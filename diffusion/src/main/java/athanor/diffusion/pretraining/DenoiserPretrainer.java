package athanor.diffusion.pretraining;

import static athanor.diffusion.program.Torch.P;
import static athanor.diffusion.program.Torch.cast;
import static athanor.diffusion.program.Torch.detach;
import static athanor.diffusion.program.Torch.mean;
import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.self;
import static athanor.diffusion.program.Torch.sub;
import static athanor.diffusion.program.Torch.sum;
import static athanor.diffusion.program.Torch.variable;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Definition;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.AdamWMethod;
import athanor.diffusion.training.FlatParameters;
import athanor.diffusion.training.NoiseTerms;
import athanor.diffusion.training.NoiseTerms.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains a UNet and its text encoder together from nothing on latents with captions. */
public final class DenoiserPretrainer implements AutoCloseable {

    private static final Variable IDS = variable("ids");

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
    private final ParameterTable table;
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
        EmittedProgram emitted = emit(unet, text, type);
        this.table = emitted.weights();
        this.program = TorchProgram.load(emitted.text(), Device.cpu());
        PretrainerState start = resumeFrom == null ? PretrainerState.fresh(table, seed) : resumeFrom;
        this.step = start.step();
        this.parameters =
                new FlatParameters(program.manager(), start.values(), start.firstMoment(), start.secondMoment());
        this.runningMean = program.manager().create(start.runningMean());
    }

    private static EmittedProgram emit(UNetConfig unet, TextEncoderConfig text, ComputeType type) {
        EmittedProgram program = new EmittedProgram(type, "cpu");
        Emitter encoder = program.begin(Signature.of("text").weights().tensors(IDS), TEXT_ENCODER, LoraPlan.NONE);
        program.add(
                encoder.returning(new CLIPTextModel(text).forward(encoder, IDS).last()));
        Variable x = variable("x");
        Variable t = variable("t");
        Variable encoded = variable("text");
        Emitter denoiser = program.begin(Signature.of("unet").weights().tensors(x, t, encoded), UNET, LoraPlan.NONE);
        program.add(denoiser.returning(
                new UNet2DConditionModel(unet).forward(denoiser, denoiser.toComputeType(x), t, encoded, null, null)));
        program.unpackMethod(program.weights());
        program.add(AdamWMethod.ofAll(program.weights().totalElements()).definition());
        NoiseTerms.emit(program);
        program.add(step(type));
        return program;
    }

    private static Definition step(ComputeType type) {
        Variable terms = NoiseTerms.TERMS;
        Variable cells = variable("cells");
        PretrainingStep step = new PretrainingStep(type, NoiseTerms.LATENTS, NoiseTerms.NOISE, terms, cells, IDS);
        Variable prediction = step.let(
                "prediction", self("unet", P, NoiseTerms.noisy(), Row.TIMESTEP.of(terms), self("text", P, IDS)));
        Variable d = step.let("d", sub(cast(prediction, ComputeType.FLOAT32), NoiseTerms.target()));
        Variable squares = step.let("squares", mul(d, d));
        Variable errors = step.let("errors", mean(mul(squares, cells), 1, 2, 3));
        Variable loss = step.let("loss", sum(mul(errors, Row.WEIGHT.of(terms))));
        return step.reporting(loss, mean(detach(squares)));
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
        FlatParameters.named(table, runningMean.toFloatArray()).forEach((name, values) -> {
            if (name.startsWith(network)) {
                plain.put(name.substring(network.length()), values);
            }
        });
        return plain;
    }

    public int[] shape(String network, String name) {
        return table.shape(network + name);
    }

    public int parameterCount() {
        return table.totalElements();
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
