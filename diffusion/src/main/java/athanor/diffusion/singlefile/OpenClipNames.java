package athanor.diffusion.singlefile;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.StoredTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text encoder of OpenCLIP under the names of transformers. OpenCLIP keeps query, key and value in one matrix, and
 * the projection the other way round.
 */
final class OpenClipNames {

    /** OpenCLIP's half for pictures. */
    private static final String OTHER_TOWER = "visual.";

    private static final String BLOCKS = "transformer.resblocks.";
    private static final List<String> THIRDS = List.of("q_proj", "k_proj", "v_proj");
    private static final Map<String, String> FIXED = Map.of(
            "token_embedding.weight", "text_model.embeddings.token_embedding.weight",
            "positional_embedding", "text_model.embeddings.position_embedding.weight",
            "ln_final.weight", "text_model.final_layer_norm.weight",
            "ln_final.bias", "text_model.final_layer_norm.bias");
    private static final Map<String, String> LAYERS = Map.of(
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "attn.out_proj", "self_attn.out_proj",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2");

    private OpenClipNames() {}

    /**
     * @param layers how many layers to keep
     * @param projection whether the pooled embedding's projection is wanted
     */
    static Map<String, StoredTensor> toTransformers(Map<String, StoredTensor> stored, int layers, boolean projection) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            if (FIXED.containsKey(name)) {
                tensors.put(FIXED.getOrDefault(name, name), tensor);
            } else if (name.equals("text_projection")) {
                if (projection) {
                    tensors.put("text_projection.weight", tensor.transpose());
                }
            } else if (name.equals("text_projection.weight")) {
                if (projection) {
                    tensors.put(name, tensor);
                }
            } else if (name.startsWith(BLOCKS)) {
                String path = name.substring(BLOCKS.length());
                int dot = path.indexOf('.');
                if (Integer.parseInt(path.substring(0, dot)) < layers) {
                    layer(
                            "text_model.encoder.layers." + path.substring(0, dot + 1),
                            path.substring(dot + 1),
                            tensor,
                            tensors);
                }
            } else if (!name.equals("logit_scale") && !name.equals("attn_mask") && !name.startsWith(OTHER_TOWER)) {
                throw new BaseModelException(
                        tensor.origin() + ": found a tensor that OpenCLIP's text encoder does not have");
            }
        });
        return tensors;
    }

    private static void layer(String layer, String rest, StoredTensor tensor, Map<String, StoredTensor> into) {
        if (rest.startsWith("attn.in_proj_")) {
            String kind = rest.substring("attn.in_proj_".length());
            for (int i = 0; i < THIRDS.size(); i++) {
                into.put(layer + "self_attn." + THIRDS.get(i) + "." + kind, tensor.part(i, THIRDS.size()));
            }
            return;
        }
        int dot = rest.lastIndexOf('.');
        String name = LAYERS.get(rest.substring(0, Math.max(dot, 0)));
        if (name == null) {
            throw new BaseModelException(
                    tensor.origin() + ": found a tensor that OpenCLIP's text encoder does not have");
        }
        into.put(layer + name + rest.substring(dot), tensor);
    }
}
