package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Prompts as the UNet gets them: tokenised, encoded, weighted. A token's weight multiplies its embedding, and the prompt's mean
 * is restored afterwards, as the common web UIs do.
 */
final class PromptEncoder {

    /** So much longer is what the UNet attends to in every step. */
    private static final int MOST_PARTS = 8;

    private final BaseModel base;
    private final DiffusionModel model;

    PromptEncoder(BaseModel base, DiffusionModel model) {
        this.base = base;
        this.model = model;
    }

    /** A prompt's embedding, (1, L, D) and for SDXL (1, P), and what the one who wrote it should know. */
    record Encoded(TextEmbedding text, List<String> warnings) {}

    /** Whatever guidance leads away from. */
    Encoded encodeNegative(NDManager scope, String prompt, LoraSet lora) {
        Encoded encoded = encode(scope, prompt, lora);
        if (!base.emptyPromptIsZeros() || !prompt.isBlank()) {
            return encoded;
        }
        NDArray pooled = encoded.text().pooled();
        return new Encoded(
                new TextEmbedding(encoded.text().hidden().zerosLike(), pooled == null ? null : pooled.zerosLike()),
                encoded.warnings());
    }

    /** {@code BREAK} begins a new part: each part is read by itself, with all the tokens that the base reads. */
    Encoded encode(NDManager scope, String prompt, LoraSet lora) {
        ForeignNotation sorted = ForeignNotation.of(prompt);
        Set<String> warnings = new LinkedHashSet<>(sorted.warnings());
        List<TextEmbedding> parts = new ArrayList<>();
        List<WeightedPrompt> written = WeightedPrompt.parse(sorted.prompt()).parts();
        if (written.size() > MOST_PARTS) {
            warnings.add("the prompt has %d parts between BREAKs; the first %d are read"
                    .formatted(written.size(), MOST_PARTS));
        }
        for (WeightedPrompt part : written.subList(0, Math.min(written.size(), MOST_PARTS))) {
            parts.add(part(scope, part, lora, warnings));
        }
        return new Encoded(TextEmbeddings.parts(parts), List.copyOf(warnings));
    }

    private TextEmbedding part(NDManager scope, WeightedPrompt weighted, LoraSet lora, Set<String> warnings) {
        List<TokenizedPrompt> tokenized = new ArrayList<>(); // one for each encoder
        for (int encoder = 0; encoder < base.textEncoderConfigs().size(); encoder++) {
            tokenized.add(TokenizedPrompt.of(weighted, base.promptTokenizer(encoder)));
        }
        TextEmbedding plain = model.encode(
                scope, tokenized.stream().map(t -> new long[][] {t.ids()}).toList(), lora);
        tokenized.forEach(t -> t.warning().ifPresent(warnings::add));
        return tokenized.stream().anyMatch(TokenizedPrompt::isWeighted)
                ? new TextEmbedding(weighted(scope, plain.hidden(), tokenized), plain.pooled())
                : plain;
    }

    private NDArray weighted(NDManager scope, NDArray hidden, List<TokenizedPrompt> tokenized) {
        NDList parts = new NDList();
        int start = 0;
        for (int encoder = 0; encoder < tokenized.size(); encoder++) {
            TextEncoderConfig config = base.textEncoderConfigs().get(encoder);
            int end = start + config.hiddenSize();
            NDArray part = hidden.get("..., {}:{}", start, end);
            parts.add(weighted(scope, part, tokenized.get(encoder).weights()));
            start = end;
        }
        return NDArrays.concat(parts, -1);
    }

    private static NDArray weighted(NDManager scope, NDArray hidden, float[] weights) {
        NDArray heavier = hidden.mul(scope.create(weights, new Shape(1, weights.length, 1)));
        return heavier.mul(hidden.mean().div(heavier.mean()));
    }
}
