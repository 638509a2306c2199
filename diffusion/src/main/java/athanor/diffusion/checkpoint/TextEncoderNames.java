package athanor.diffusion.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Text encoders under the names of transformers' {@code CLIPTextModel}. */
public final class TextEncoderNames {

    private static final String ROOT = "text_model.";

    private TextEncoderNames() {}

    /** Leaves out what is no weight (older files store the list of positions) and adds a root that was left out. */
    public static Map<String, StoredTensor> clean(Map<String, StoredTensor> stored) {
        Map<String, StoredTensor> clean = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            if (name.endsWith("position_ids") || name.equals("logit_scale")) {
                return;
            }
            boolean rooted = name.startsWith(ROOT) || name.startsWith("text_projection");
            clean.put(rooted ? name : ROOT + name, tensor);
        });
        return clean;
    }
}
