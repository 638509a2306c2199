package athanor.diffusion.runtime;

import static athanor.diffusion.program.Torch.variable;

import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Definition;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Recomputation;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Emits text encoders and UNet of a base as methods of one program. All take the weights as {@code P} and the LoRA factors
 * as {@code L}.
 *
 * <pre>
 *   text(P, L, ids0[, ids1]) -> [hidden (B, L, D)[, pooled (B, P)]]
 *   unet(P, L, x, t, hidden[, pooled, time_ids]) -> (B, C, h, w) in float32
 * </pre>
 */
public record DenoiserProgram(UNetConfig unet, List<TextEncoderConfig> textEncoders) {

    /** Noisy latents, (B, C, h, w). */
    public static final Variable X = variable("x");

    /** Timesteps, (B). */
    public static final Variable T = variable("t");

    private static final Variable HIDDEN = variable("hidden");
    private static final Variable POOLED = variable("pooled");

    /** SDXL: sizes and crops, (B, 6). */
    public static final Variable TIME_IDS = variable("time_ids");

    public static final String UNET = "unet/";
    public static final String TEXT_ENCODER = "text_encoder/";
    public static final String TEXT_ENCODER_2 = "text_encoder_2/";

    /** Name prefix of a text encoder's parameters. */
    public static String textEncoderPrefix(int encoder) {
        return encoder == 0 ? TEXT_ENCODER : TEXT_ENCODER_2;
    }

    /** Two encoders, pooled text and the picture's geometry: the SDXL way. */
    public boolean hasPooledText() {
        return textEncoders.size() == 2;
    }

    /** Arguments of {@code text} after P and L. */
    public List<Variable> ids() {
        return IntStream.range(0, textEncoders.size())
                .mapToObj(i -> variable("ids" + i))
                .toList();
    }

    /** What the text encoders hand to the UNet. */
    public List<Variable> textResults() {
        return hasPooledText() ? List.of(HIDDEN, POOLED) : List.of(HIDDEN);
    }

    /** Arguments of {@code unet} after P, L, x and t. */
    public List<Variable> conditions() {
        return hasPooledText() ? List.of(HIDDEN, POOLED, TIME_IDS) : List.of(HIDDEN);
    }

    /** The last argument of a method whose LoRA has dropout. */
    public static List<Variable> seeds(LoraPlan plan) {
        return plan.dropout().isOff() ? List.of() : List.of(LoraDropout.SEEDS);
    }

    public Definition text(EmittedProgram program, String method, LoraPlan plan) {
        Emitter emitter = beginText(program, method, plan);
        return emitter.returning(Torch.list(text(emitter)));
    }

    /** The text encoders in pieces; the results are hidden and, in SDXL, pooled. */
    public Recomputation textInPieces(EmittedProgram program, String method, LoraPlan plan) {
        Emitter emitter = beginText(program, method, plan);
        return emitter.returningInPieces(Set.of(), text(emitter));
    }

    private Emitter beginText(EmittedProgram program, String method, LoraPlan plan) {
        Signature signature = Signature.of(method)
                .weights()
                .factors()
                .tensors(ids())
                .tensors(seeds(plan))
                .givingTensors();
        return program.begin(signature, TEXT_ENCODER, plan);
    }

    private List<Expression> text(Emitter emitter) {
        CLIPTextModel.Output<Expression> first = new CLIPTextModel(textEncoders.get(0)).forward(emitter, ids().get(0));
        if (!hasPooledText()) {
            return List.of(first.last());
        }
        emitter.network(TEXT_ENCODER_2);
        CLIPTextModel.Output<Expression> second = new CLIPTextModel(textEncoders.get(1)).forward(emitter, ids().get(1));
        Expression hidden = emitter.concatLast(first.penultimate(), second.penultimate());
        return List.of(hidden, Objects.requireNonNull(second.pooled(), "an SDXL base pools its second encoder's text"));
    }

    public Definition unet(EmittedProgram program, String method, LoraPlan plan) {
        Emitter emitter = beginUNet(program, method, plan);
        return emitter.returning(unet(emitter));
    }

    /** The UNet for guidance: hidden and pooled may have a multiple of the rows that x, t and time_ids have. */
    public Definition guidedUNet(EmittedProgram program, String method, LoraPlan plan) {
        Emitter emitter = beginUNet(program, method, plan);
        emitter.repeatRows(hasPooledText() ? List.of(X, T, TIME_IDS) : List.of(X, T), textResults());
        return emitter.returningWithoutGradient(unet(emitter));
    }

    /** The UNet without its last layer, for those who want to know what it sees in a picture. */
    Definition features(EmittedProgram program, String method) {
        Emitter emitter = beginUNet(program, method, LoraPlan.NONE);
        Expression seen = new UNet2DConditionModel(unet)
                .features(emitter, emitter.toComputeType(X), T, HIDDEN, pooledOrNull(), timeIdsOrNull());
        return emitter.returningWithoutGradient(Torch.cast(seen, ComputeType.FLOAT32));
    }

    /**
     * The UNet in pieces; the result is the prediction.
     *
     * @param textIsActive the gradient of something depends on the text
     */
    public Recomputation unetInPieces(EmittedProgram program, String method, LoraPlan plan, boolean textIsActive) {
        Emitter emitter = beginUNet(program, method, plan);
        Variable prediction = emitter.let(unet(emitter));
        return emitter.returningInPieces(textIsActive ? Set.copyOf(textResults()) : Set.of(), List.of(prediction));
    }

    private Emitter beginUNet(EmittedProgram program, String method, LoraPlan plan) {
        Signature signature = Signature.of(method)
                .weights()
                .factors()
                .tensors(X, T)
                .tensors(conditions())
                .tensors(seeds(plan));
        return program.begin(signature, UNET, plan);
    }

    private Expression unet(Emitter emitter) {
        Expression prediction = new UNet2DConditionModel(unet)
                .forward(emitter, emitter.toComputeType(X), T, HIDDEN, pooledOrNull(), timeIdsOrNull());
        return Torch.cast(prediction, ComputeType.FLOAT32);
    }

    private @Nullable Expression pooledOrNull() {
        return hasPooledText() ? POOLED : null;
    }

    private @Nullable Expression timeIdsOrNull() {
        return hasPooledText() ? TIME_IDS : null;
    }

    /**
     * {@code NAME(ids...)}: encodes with the program's own weights and factors, for Java. Text leaves a program as float32, whatever
     * it computes in, and enters the next one so: Java must not hold bfloat16.
     *
     * @param text name of what {@link #text} gave
     */
    public Definition encode(String name, String text) {
        Method method = new Method(Signature.of(name).tensors(ids()).givingTensors());
        List<Expression> arguments = new ArrayList<>(List.of(Torch.WEIGHTS, Torch.LORAS));
        arguments.addAll(ids());
        Variable results = method.let("r", Torch.self(text, arguments));
        return method.returning(Torch.list(IntStream.range(0, textResults().size())
                .mapToObj(i -> Torch.cast(Torch.element(results, i), ComputeType.FLOAT32))
                .toList()));
    }
}
