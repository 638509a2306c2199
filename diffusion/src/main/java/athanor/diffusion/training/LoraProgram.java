package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
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
import org.jspecify.annotations.Nullable;

/**
 * A base with a LoRA on it as one emitted program: loss, gradient of the flat LoRA vector, and AdamW. The base's weights are
 * frozen inside the program. Not thread safe.
 */
public final class LoraProgram implements AutoCloseable {

    /**
     * What is fixed while a program lives.
     *
     * @param trainTextEncoders the text encoders are adapted, so prompts are encoded in every step
     * @param loss for every picture alike
     * @param ownPrediction the target of pictures whose last term is 1 is the frozen base's own prediction
     */
    public record Plan(LoraPlan lora, boolean trainTextEncoders, LossKind loss, boolean ownPrediction) {}

    /**
     * Loss and gradient of one micro-batch; lives in the scope of the call.
     *
     * @param errors per picture: the unweighted mean error
     * @param gradient of the flat vector, float32
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Gradient(float[] errors, NDArray gradient) {}

    private final DenoiserProgram denoiser;
    private final Plan plan;
    private final Emitter emitter;
    private final TorchProgram program;
    private final int firstPart;
    private final LossScale lossScale;

    private LoraProgram(
            DenoiserProgram denoiser,
            Plan plan,
            Emitter emitter,
            TorchProgram program,
            int firstPart,
            LossScale lossScale) {
        this.denoiser = denoiser;
        this.plan = plan;
        this.emitter = emitter;
        this.program = program;
        this.firstPart = firstPart;
        this.lossScale = lossScale;
    }

    /**
     * A program in words.
     *
     * @param unetElements how many elements of the flat vector belong to the UNet; they come first
     */
    private record Emitted(DenoiserProgram denoiser, Emitter emitter, int unetElements) {}

    public static LoraProgram load(BaseModel base, Plan plan, ComputeOptions options) {
        Emitted emitted = emit(base, plan, options);
        Emitter emitter = emitted.emitter();
        TorchProgram program = TorchProgram.load(emitter.program(), options.device());
        try {
            FrozenProgram.fill(program, emitter.weights(), DiffusionModel.networks(base));
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
        return new LoraProgram(
                emitted.denoiser(), plan, emitter, program, emitted.unetElements(), new LossScale(options.type()));
    }

    /** The program that {@link #load} would load, and what it wants to be given. */
    public static Emitter emitter(BaseModel base, Plan plan, ComputeOptions options) {
        return emit(base, plan, options).emitter();
    }

    private static Emitted emit(BaseModel base, Plan plan, ComputeOptions options) {
        DenoiserProgram denoiser = new DenoiserProgram(base.unetConfig(), base.textEncoderConfigs());
        Emitter emitter = new Emitter(options.type(), options.torchDevice());
        emitter.computeFrozenLayersOtherwise();
        GradientText text = GradientText.emitNetworks(emitter, denoiser, plan, options);
        int unetElements = text.unetElements();
        if (emitter.loras().size() == 0) {
            throw new IllegalArgumentException("the LoRA adapts no layer of this base");
        }
        text.emit();
        emitter.unpackMethod("unpack", emitter.loras());
        emitter.weightMethod();
        emitter.method(NoiseTerms.METHODS);
        AdamW.emit(emitter, unetElements, emitter.loras().totalElements(), idle(emitter));
        return new Emitted(denoiser, emitter, unetElements);
    }

    /** Factors of layers that the prediction does not depend on: SDXL reads its first text encoder before the last layer. */
    private static List<AdamW.Stretch> idle(Emitter emitter) {
        ParameterTable table = emitter.loras();
        List<AdamW.Stretch> idle = new ArrayList<>();
        int position = 0;
        for (Map.Entry<String, Integer> factor : table.offsets().entrySet()) {
            if (!emitter.reachedFactors().contains(position++)) {
                idle.add(new AdamW.Stretch(factor.getValue(), table.elements(factor.getKey())));
            }
        }
        return idle;
    }

    /** Names and shapes of the LoRA factors in the order of the flat vector. */
    public ParameterTable factors() {
        return emitter.loras();
    }

    /** How many elements of the flat vector belong to the UNet; they come first. */
    public int unetElements() {
        return firstPart;
    }

    public boolean hasPooledText() {
        return denoiser.hasPooledText();
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

    /**
     * Loss and gradient of a micro-batch. A gradient that is no number has been tried with every {@link LossScale}.
     *
     * @param latents scaled, (B, C, h, w)
     * @param noise (B, C, h, w)
     * @param terms see {@link NoiseTerms}
     * @param text embeddings where the encoders are frozen, else null
     * @param ids token ids by encoder where the encoders are trained, else null
     * @param timeIds SDXL: (B, 6), else null
     * @param mask weight of each latent pixel, (B, 1, h, w) or (1, 1, 1, 1) for all alike
     * @param seeds one a picture for the plan's dropout, whole numbers of 31 bits, (B); null without dropout
     */
    public Gradient gradient(
            NDManager scope,
            FlatParameters parameters,
            NDArray latents,
            NDArray noise,
            NoiseTerms terms,
            @Nullable TextEmbedding text,
            @Nullable List<NDArray> ids,
            @Nullable NDArray timeIds,
            NDArray mask,
            @Nullable NDArray seeds) {
        List<Object> arguments = new ArrayList<>(List.of(parameters.values(), latents, noise, mask));
        if (ids != null) {
            arguments.addAll(ids);
        }
        if (text != null) {
            arguments.add(text.hidden());
            if (text.pooled() != null) {
                arguments.add(text.pooled());
            }
        }
        if (denoiser.hasPooledText()) {
            if (timeIds == null) {
                throw new IllegalArgumentException("an SDXL base needs time ids");
            }
            arguments.add(timeIds);
        }
        if (!plan.lora().dropout().isOff()) {
            if (seeds == null) {
                throw new IllegalArgumentException("dropout needs a seed for each picture");
            }
            arguments.add(seeds);
        }
        return scaledGradient(scope, terms, arguments);
    }

    private Gradient scaledGradient(NDManager scope, NoiseTerms terms, List<Object> others) {
        while (true) {
            float scale = lossScale.value();
            List<Object> arguments = new ArrayList<>(List.of(terms.array(scope, scale)));
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
        if (hyperParameters.length != AdamW.HYPER_PARAMETERS) {
            throw new IllegalArgumentException("%d hyper-parameters, wanted %d: %s"
                    .formatted(hyperParameters.length, AdamW.HYPER_PARAMETERS, Arrays.toString(hyperParameters)));
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
