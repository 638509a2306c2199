package athanor.diffusion.runtime;

import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import java.util.List;
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
                "P: List[Tensor], L: List[Tensor], " + idArguments(": Tensor"),
                "List[Tensor]");
        CLIPTextModel.Output<String> first = new CLIPTextModel(textEncoders.get(0)).forward(emitter, "ids0");
        if (!hasPooledText()) {
            emitter.end("[" + first.last() + "]");
            return;
        }
        emitter.network(TEXT_ENCODER_2);
        CLIPTextModel.Output<String> second = new CLIPTextModel(textEncoders.get(1)).forward(emitter, "ids1");
        String hidden = emitter.concatLast(first.penultimate(), second.penultimate());
        emitter.end("[" + hidden + ", " + second.pooled() + "]");
    }

    public void emitUNet(Emitter emitter, String method, LoraPlan plan) {
        emitter.begin(
                method,
                UNET,
                plan,
                "P: List[Tensor], L: List[Tensor], x: Tensor, t: Tensor, " + conditionArguments(": Tensor"),
                "Tensor");
        @Nullable String pooled = hasPooledText() ? "pooled" : null;
        @Nullable String timeIds = hasPooledText() ? "time_ids" : null;
        String prediction = new UNet2DConditionModel(unet)
                .forward(emitter, emitter.toComputeType("x"), "t", "hidden", pooled, timeIds);
        emitter.end(Emitter.cast(prediction, ComputeType.FLOAT32));
    }
}
