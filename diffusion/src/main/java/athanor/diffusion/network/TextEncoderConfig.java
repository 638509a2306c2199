package athanor.diffusion.network;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code text_encoder/config.json} of a {@code CLIPTextModel} or {@code CLIPTextModelWithProjection}, read with
 * transformers' defaults.
 *
 * @param projectionDim width of the pooled embedding, null when the model has no projection
 * @param eosTokenId where a prompt is pooled; 2 is the mark of old files and means "at the largest id"
 */
public record TextEncoderConfig(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int maxPositions,
        double layerNormEps,
        Activation activation,
        @Nullable Integer projectionDim,
        int eosTokenId) {

    public static TextEncoderConfig from(Map<String, ?> json) {
        ConfigReader config = new ConfigReader("text_encoder", json);
        List<String> architectures = config.texts("architectures", List.of("CLIPTextModel"));
        String architecture = architectures.isEmpty() ? "CLIPTextModel" : architectures.get(0);
        if (!architecture.equals("CLIPTextModel") && !architecture.equals("CLIPTextModelWithProjection")) {
            throw config.wrong("architectures", architecture, "CLIPTextModel or CLIPTextModelWithProjection");
        }
        boolean projects = architecture.equals("CLIPTextModelWithProjection");
        config.mustDivide(
                "num_attention_heads", config.integer("num_attention_heads", 8), config.integer("hidden_size", 512));
        return new TextEncoderConfig(
                config.integer("vocab_size", 49408),
                config.integer("hidden_size", 512),
                config.integer("intermediate_size", 2048),
                config.layers("num_hidden_layers", 12),
                config.integer("num_attention_heads", 8),
                config.integer("max_position_embeddings", 77),
                config.epsilon("layer_norm_eps", 1e-5),
                Activation.of("text_encoder", config.text("hidden_act", "quick_gelu")),
                projects ? Integer.valueOf(config.integer("projection_dim", 512)) : null,
                config.integer("eos_token_id", 49407));
    }
}
