package athanor.diffusion.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names that the VAE's attention had before diffusers 0.18; many published bases still carry them. */
public final class VaeNames {

    private static final String ATTENTION = "mid_block.attentions.0.";
    private static final Map<String, String> MODERN =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private VaeNames() {}

    /** Today's names; the attention's four weights as matrices even where they are stored as 1x1 convolutions. */
    public static Map<String, StoredTensor> modernise(Map<String, StoredTensor> stored) {
        Map<String, StoredTensor> modern = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            int start = name.indexOf(ATTENTION);
            if (start < 0) {
                modern.put(name, tensor);
                return;
            }
            String attention = name.substring(0, start + ATTENTION.length());
            String rest = name.substring(attention.length());
            int dot = rest.lastIndexOf('.');
            String layer = rest.substring(0, Math.max(dot, 0));
            modern.put(attention + MODERN.getOrDefault(layer, layer) + rest.substring(dot), tensor.withoutKernel());
        });
        return modern;
    }
}
