package athanor.diffusion.runtime;

import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Recomputation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Arguments of {@code text} after P and L, as in {@code ids0: Tensor}. */
    public String idArguments(String type) {
        return IntStream.range(0, textEncoders.size())
                .mapToObj(i -> "ids" + i + type)
                .collect(Collectors.joining(", "));
    }

    /** Arguments of {@code unet} after P, L, x and t. */
    public String conditionArguments(String type) {
        String hidden = "hidden" + type;
        return hasPooledText() ? hidden + ", pooled" + type + ", time_ids" + type : hidden;
    }

    public void emitText(Emitter emitter, String method, LoraPlan plan) {
        emitter.begin(
                method,
                TEXT_ENCODER,
                plan,
                "P: List[Tensor], L: List[Tensor], " + idArguments(": Tensor") + seeds(plan, ": Tensor"),
                "List[Tensor]");
        emitter.end("[" + String.join(", ", text(emitter)) + "]");
    }

    /** The text encoders in pieces; the results are hidden and, in SDXL, pooled. */
    public Recomputation emitTextInPieces(Emitter emitter, String method, LoraPlan plan) {
        emitter.begin(method, TEXT_ENCODER, plan, names(idArguments("") + seeds(plan, "")));
        return emitter.endInPieces(Set.of(), text(emitter));
    }

    private List<String> text(Emitter emitter) {
        CLIPTextModel.Output<String> first = new CLIPTextModel(textEncoders.get(0)).forward(emitter, "ids0");
        if (!hasPooledText()) {
            return List.of(first.last());
        }
        emitter.network(TEXT_ENCODER_2);
        CLIPTextModel.Output<String> second = new CLIPTextModel(textEncoders.get(1)).forward(emitter, "ids1");
        String hidden = emitter.concatLast(first.penultimate(), second.penultimate());
        return List.of(hidden, Objects.requireNonNull(second.pooled(), "an SDXL base pools its second encoder's text"));
    }

    public void emitUNet(Emitter emitter, String method, LoraPlan plan) {
        beginUNet(emitter, method, plan);
        emitter.end(unet(emitter));
    }

    /** The UNet for guidance: hidden and pooled may have a multiple of the rows that x, t and time_ids have. */
    public void emitGuidedUNet(Emitter emitter, String method, LoraPlan plan) {
        beginUNet(emitter, method, plan);
        emitter.repeatRows(hasPooledText() ? List.of("x", "t", "time_ids") : List.of("x", "t"), textResults());
        emitter.endWithoutGradient(unet(emitter));
    }

    private void beginUNet(Emitter emitter, String method, LoraPlan plan) {
        emitter.begin(
                method,
                UNET,
                plan,
                "P: List[Tensor], L: List[Tensor], x: Tensor, t: Tensor, "
                        + conditionArguments(": Tensor")
                        + seeds(plan, ": Tensor"),
                "Tensor");
    }

    /**
     * The UNet in pieces; the result is the prediction.
     *
     * @param textIsActive the gradient of something depends on the text
     */
    public Recomputation emitUNetInPieces(Emitter emitter, String method, LoraPlan plan, boolean textIsActive) {
        emitter.begin(method, UNET, plan, names("x, t, " + conditionArguments("") + seeds(plan, "")));
        return emitter.endInPieces(
                textIsActive ? Set.copyOf(textResults()) : Set.of(), List.of(emitter.let(unet(emitter))));
    }

    /** Names of what the text encoders hand to the UNet. */
    public List<String> textResults() {
        return hasPooledText() ? List.of("hidden", "pooled") : List.of("hidden");
    }

    /**
     * Elements for the list that a method returns to Java. Text leaves a program as float32, whatever it computes in, and enters
     * the next one so: Java must not hold bfloat16.
     *
     * @param results variable that holds what {@link #emitText}'s method gave
     */
    public String wideText(String results) {
        return IntStream.range(0, textResults().size())
                .mapToObj(i -> Emitter.cast(results + "[" + i + "]", ComputeType.FLOAT32))
                .collect(Collectors.joining(", "));
    }

    /** The last argument of a method whose LoRA has dropout: one seed a picture, (B) whole numbers of 31 bits. */
    public static String seeds(LoraPlan plan, String type) {
        return plan.dropout().isOff() ? "" : ", seeds" + type;
    }

    private static List<String> names(String arguments) {
        return List.of(arguments.split(", "));
    }

    private String unet(Emitter emitter) {
        @Nullable String pooled = hasPooledText() ? "pooled" : null;
        @Nullable String timeIds = hasPooledText() ? "time_ids" : null;
        String prediction = new UNet2DConditionModel(unet)
                .forward(emitter, emitter.toComputeType("x"), "t", "hidden", pooled, timeIds);
        return Emitter.cast(prediction, ComputeType.FLOAT32);
    }
}
