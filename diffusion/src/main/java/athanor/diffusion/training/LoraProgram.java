package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DenoiserProgram;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.FrozenProgram;
import athanor.diffusion.runtime.TextEmbedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A base with a LoRA on it as one emitted program: loss, gradient of the flat LoRA vector, and AdamW. The base's weights are
 * frozen inside the program. Not thread safe.
 */
public final class LoraProgram implements AutoCloseable {

    /**
     * Loss and gradient of one micro-batch; lives in the scope of the call.
     *
     * @param errors per picture: the unweighted mean error
     * @param gradient of the flat vector, float32
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Gradient(float[] errors, NDArray gradient) {}

    private final Emitted emitted;
    private final TrainingPlan plan;
    private final TorchProgram program;
    private final LossScale lossScale;

    private LoraProgram(Emitted emitted, TrainingPlan plan, TorchProgram program, LossScale lossScale) {
        this.emitted = emitted;
        this.plan = plan;
        this.program = program;
        this.lossScale = lossScale;
    }

    /**
     * A program in words.
     *
     * @param unetElements how many elements of the flat vector belong to the UNet; they come first
     */
    private record Emitted(DenoiserProgram denoiser, EmittedProgram program, int unetElements) {}

    public static LoraProgram load(BaseModel base, TrainingPlan plan, ComputeOptions options) {
        Emitted emitted = emit(base, plan, options);
        TorchProgram program = TorchProgram.load(emitted.program().text(), options.device());
        try {
            FrozenProgram.fill(program, emitted.program().weights(), DiffusionModel.networks(base));
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
        return new LoraProgram(emitted, plan, program, new LossScale(options.type()));
    }

    /** The program that {@link #load} would load, and what it wants to be given. */
    public static EmittedProgram emitted(BaseModel base, TrainingPlan plan, ComputeOptions options) {
        return emit(base, plan, options).program();
    }

    private static Emitted emit(BaseModel base, TrainingPlan plan, ComputeOptions options) {
        DenoiserProgram denoiser = new DenoiserProgram(base.unetConfig(), base.textEncoderConfigs());
        EmittedProgram program = new EmittedProgram(options.type(), options.torchDevice());
        program.computeFrozenLayersOtherwise();
        LoraNetworks networks = LoraNetworks.emit(program, denoiser, plan, options);
        if (program.loras().size() == 0) {
            throw new IllegalArgumentException("the LoRA adapts no layer of this base");
        }
        if (!plan.lora().dropout().isOff()) {
            program.dropoutMethods(plan.lora().dropout());
        }
        if (!plan.trainTextEncoders()) {
            program.add(denoiser.encode("encode", "text"));
            program.add(forgetText(networks.unetWeights(), program.weights().size()));
        }
        program.add(new GradientMethod(denoiser, plan, options.type(), networks.differentiation()).definition());
        program.unpackMethod(program.loras());
        program.weightMethod();
        NoiseTerms.emit(program);
        int total = program.loras().totalElements();
        program.add(new AdamWMethod(networks.unetElements(), total, idle(program)).definition());
        return new Emitted(denoiser, program, networks.unetElements());
    }

    /** {@code forget_text}: puts nothing in the place of the weights from the first on, which are the text encoders'. */
    private static String forgetText(int first, int weights) {
        return """
                  def forget_text(self: __torch__.Program, like: Tensor) -> Tensor:
                    for i in range(%d):
                      _0 = torch._set_item(self.weights, torch.add(i, %d), torch.slice(like, 0, 0, 0, 1))
                    return like
                """.formatted(weights - first, first);
    }

    /** Factors of layers that the prediction does not depend on: SDXL reads its first text encoder before the last layer. */
    private static List<AdamWMethod.Stretch> idle(EmittedProgram program) {
        ParameterTable table = program.loras();
        List<AdamWMethod.Stretch> idle = new ArrayList<>();
        Set<Integer> reached = program.reachedFactors();
        int position = 0;
        for (Map.Entry<String, Integer> factor : table.offsets().entrySet()) {
            if (!reached.contains(position++)) {
                idle.add(new AdamWMethod.Stretch(factor.getValue(), table.elements(factor.getKey())));
            }
        }
        return idle;
    }

    /** Names and shapes of the LoRA factors in the order of the flat vector. */
    public ParameterTable factors() {
        return emitted.program().loras();
    }

    /** How many elements of the flat vector belong to the UNet; they come first. */
    public int unetElements() {
        return emitted.unetElements();
    }

    public boolean hasPooledText() {
        return emitted.denoiser().hasPooledText();
    }

    public NDManager newScope() {
        return program.manager().newSubManager();
    }

    /** Vectors that live as long as the program. */
    public FlatParameters parameters(float[] values, float[] firstMoment, float[] secondMoment) {
        return new FlatParameters(program.manager(), values, firstMoment, secondMoment);
    }

    /** Encodes prompts with the frozen encoders; only where they are not trained. */
    public TextEmbedding encode(NDManager scope, List<NDArray> ids) {
        if (plan.trainTextEncoders()) {
            throw new IllegalStateException("the text encoders are trained: prompts are encoded inside the step");
        }
        // an embedding made without gradients could not be saved for the backward pass of the layers that read it
        NDList result = program.callWithGradients(scope, "encode", ids.toArray());
        return new TextEmbedding(result.get(0), result.size() > 1 ? result.get(1) : null);
    }

    /** Gives the memory of frozen text encoders back; {@link #encode} does not work any more after that. */
    public void forgetTextEncoders() {
        if (plan.trainTextEncoders()) {
            throw new IllegalStateException("the text encoders are trained: every step needs them");
        }
        try (NDManager scope = newScope()) {
            program.callWithGradients(scope, "forget_text", scope.zeros(new Shape(1)));
        }
    }

    /** Loss and gradient of a micro-batch. A gradient that is no number has been tried with every {@link LossScale}. */
    public Gradient gradient(NDManager scope, FlatParameters parameters, GradientInputs inputs) {
        return gradient(scope, parameters.values(), inputs);
    }

    /** @param values of all trained parameters */
    Gradient gradient(NDManager scope, NDArray values, GradientInputs inputs) {
        List<NDArray> others = inputs.values(emitted.denoiser(), plan);
        while (true) {
            float scale = lossScale.value();
            List<NDArray> arguments = new ArrayList<>(List.of(inputs.terms().array(scope, scale), values));
            arguments.addAll(others);
            NDList result = program.callWithGradients(scope, "gradient", arguments.toArray());
            Gradient gradient = new Gradient(
                    result.get(0).toFloatArray(),
                    scale == 1 ? result.get(1) : result.get(1).divi(scale));
            if (scale == 1 || isFinite(gradient)) {
                lossScale.held();
                return gradient;
            }
            lossScale.lower();
        }
    }

    private static boolean isFinite(Gradient gradient) {
        return Float.isFinite(gradient.gradient().norm().getFloat());
    }

    /**
     * One AdamW step; the vectors change in place.
     *
     * @return L2 norm of the gradient before clipping
     */
    public float update(NDManager scope, FlatParameters parameters, NDArray gradient, float[] hyperParameters) {
        if (hyperParameters.length != AdamW.HyperParameter.COUNT) {
            throw new IllegalArgumentException("%d hyper-parameters, wanted %d: %s"
                    .formatted(hyperParameters.length, AdamW.HyperParameter.COUNT, Arrays.toString(hyperParameters)));
        }
        return program.call(
                        scope,
                        "adamw",
                        parameters.values(),
                        gradient,
                        parameters.firstMoment(),
                        parameters.secondMoment(),
                        scope.create(hyperParameters))
                .get(0)
                .getFloat();
    }

    @Override
    public void close() {
        program.close();
    }
}
