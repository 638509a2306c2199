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
import java.util.List;
import java.util.stream.Stream;

/**
 * Prompts as the UNet gets them: tokenised, encoded, weighted. A token's weight multiplies its embedding, and the prompt's mean
 * is restored afterwards, as the common web UIs do.
 */
final class PromptEncoder {

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

    Encoded encode(NDManager scope, String prompt, LoraSet lora) {
        ForeignNotation sorted = ForeignNotation.of(prompt);
        WeightedPrompt weighted = WeightedPrompt.parse(sorted.prompt());
        List<TokenizedPrompt> tokenized = new ArrayList<>(); // one for each encoder
        for (int encoder = 0; encoder < base.textEncoderConfigs().size(); encoder++) {
            tokenized.add(TokenizedPrompt.of(weighted, base.promptTokenizer(encoder)));
        }
        TextEmbedding plain = model.encode(
                scope, tokenized.stream().map(t -> new long[][] {t.ids()}).toList(), lora);
        TextEmbedding text = tokenized.stream().anyMatch(TokenizedPrompt::isWeighted)
                ? new TextEmbedding(weighted(scope, plain.hidden(), tokenized), plain.pooled())
                : plain;
        List<String> warnings = Stream.concat(
                        sorted.warnings().stream(),
                        tokenized.stream().flatMap(t -> t.warning().stream()).distinct())
                .toList();
        return new Encoded(text, warnings);
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
