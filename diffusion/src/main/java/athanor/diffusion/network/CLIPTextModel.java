package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLIP's text transformer (Radford et al. 2021, section 2.4): pre-norm blocks, each token sees those before it. */
public record CLIPTextModel(TextEncoderConfig config) {

    /**
     * What a prompt becomes.
     *
     * @param last states after the final norm, (B, L, D)
     * @param penultimate states before the last layer, without the final norm, (B, L, D)
     * @param pooled the projected state at the end of the prompt, (B, P); null when the model has no projection
     */
    public record Output<T>(T last, T penultimate, @Nullable T pooled) {}

    /** @param ids (B, L) */
    public <T> Output<T> forward(Ops<T> ops, T ids) {
        int width = config.hiddenSize();
        T tokens = ops.embedding(ids, "text_model.embeddings.token_embedding", config.vocabSize(), width);
        T positions = ops.parameter("text_model.embeddings.position_embedding.weight", config.maxPositions(), width);
        T x = ops.add(tokens, ops.firstRows(positions, ids));
        T penultimate = x;
        for (int i = 0; i < config.layers(); i++) {
            penultimate = x;
            x = layer(ops, x, "text_model.encoder.layers." + i);
        }
        T last = ops.layerNorm(x, "text_model.final_layer_norm", width, config.layerNormEps());
        Integer projectionDim = config.projectionDim();
        if (projectionDim == null) {
            return new Output<>(last, penultimate, null);
        }
        T end = config.eosTokenId() == 2 ? ops.positionOfLargest(ids) : ops.positionOfFirst(ids, config.eosTokenId());
        T pooled = ops.linear(ops.rowAt(last, end), "text_projection", width, projectionDim, false);
        return new Output<>(last, penultimate, pooled);
    }

    private <T> T layer(Ops<T> ops, T input, String name) {
        return ops.segment(name, List.of(input), inputs -> layerInside(ops, inputs.get(0), name));
    }

    private <T> T layerInside(Ops<T> ops, T x, String name) {
        int width = config.hiddenSize();
        T normed = ops.layerNorm(x, name + ".layer_norm1", width, config.layerNormEps());
        T query = ops.linear(normed, name + ".self_attn.q_proj", width, width, true);
        T key = ops.linear(normed, name + ".self_attn.k_proj", width, width, true);
        T value = ops.linear(normed, name + ".self_attn.v_proj", width, width, true);
        T attended = ops.scaledDotProductAttention(query, key, value, config.heads(), true, false);
        T hidden = ops.add(x, ops.linear(attended, name + ".self_attn.out_proj", width, width, true));
        normed = ops.layerNorm(hidden, name + ".layer_norm2", width, config.layerNormEps());
        int inner = config.intermediateSize();
        T wide = config.activation().apply(ops, ops.linear(normed, name + ".mlp.fc1", width, inner, true));
        return ops.add(hidden, ops.linear(wide, name + ".mlp.fc2", inner, width, true));
    }
}
