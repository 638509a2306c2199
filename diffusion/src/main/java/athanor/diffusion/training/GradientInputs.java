package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.program.Torch;
import athanor.diffusion.runtime.DenoiserProgram;
import athanor.diffusion.runtime.TextEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What loss and gradient of a micro-batch are computed from, besides the parameters.
 *
 * @param latents scaled, (B, C, h, w)
 * @param noise (B, C, h, w)
 * @param mask weight of each latent pixel, (B, 1, h, w) or (1, 1, 1, 1) for all alike
 * @param timeIds SDXL: (B, 6), else null
 * @param seeds one a picture for the plan's dropout, whole numbers of 31 bits, (B); null without dropout
 */
public record GradientInputs(
        NDArray latents,
        NDArray noise,
        NoiseTerms terms,
        NDArray mask,
        Prompts prompts,
        @Nullable NDArray timeIds,
        @Nullable NDArray seeds) {

    static final Variable MASK = Torch.variable("mask");

    /** What the pictures are called, (B, L) or what became of it. */
    public sealed interface Prompts {

        /** Where the text encoders are frozen. */
        record Encoded(TextEmbedding text) implements Prompts {}

        /** Where the text encoders are trained: token ids by encoder. */
        record Tokens(List<NDArray> ids) implements Prompts {}
    }

    /** An argument of the method {@code gradient} and what is passed as it. */
    private record Argument(Variable variable, Function<GradientInputs, NDArray> value) {}

    /** In the order in which the method takes them. */
    private static List<Argument> arguments(DenoiserProgram denoiser, TrainingPlan plan) {
        List<Argument> all = new ArrayList<>();
        all.add(new Argument(NoiseTerms.LATENTS, GradientInputs::latents));
        all.add(new Argument(NoiseTerms.NOISE, GradientInputs::noise));
        all.add(new Argument(MASK, GradientInputs::mask));
        List<Variable> text = plan.trainTextEncoders() ? denoiser.ids() : denoiser.textResults();
        for (int i = 0; i < text.size(); i++) {
            int position = i;
            all.add(new Argument(text.get(i), inputs -> inputs.text(position, plan.trainTextEncoders())));
        }
        if (denoiser.hasPooledText()) {
            all.add(new Argument(
                    DenoiserProgram.TIME_IDS, inputs -> given(inputs.timeIds(), "an SDXL base needs time ids")));
        }
        if (!plan.lora().dropout().isOff()) {
            all.add(new Argument(
                    LoraDropout.SEEDS, inputs -> given(inputs.seeds(), "dropout needs a seed for each picture")));
        }
        return all;
    }

    static List<Variable> variables(DenoiserProgram denoiser, TrainingPlan plan) {
        return arguments(denoiser, plan).stream().map(Argument::variable).toList();
    }

    List<NDArray> values(DenoiserProgram denoiser, TrainingPlan plan) {
        return arguments(denoiser, plan).stream()
                .map(argument -> argument.value().apply(this))
                .toList();
    }

    private NDArray text(int position, boolean asTokens) {
        if (prompts instanceof Prompts.Tokens tokens && asTokens) {
            return tokens.ids().get(position);
        }
        if (prompts instanceof Prompts.Encoded encoded && !asTokens) {
            return position == 0
                    ? encoded.text().hidden()
                    : given(encoded.text().pooled(), "an SDXL base needs pooled text");
        }
        throw new IllegalArgumentException(
                asTokens
                        ? "the text encoders are trained: prompts come as tokens, not encoded"
                        : "the text encoders are frozen: prompts come encoded, not as tokens");
    }

    private static NDArray given(@Nullable NDArray array, String otherwise) {
        if (array == null) {
            throw new IllegalArgumentException(otherwise);
        }
        return array;
    }
}
