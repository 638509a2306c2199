package athanor.diffusion.lora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The namings of LoRA files: kohya, PEFT, diffusers old and new, ComfyUI, OneTrainer. Each tensor's name is a path of the
 * adapted layer and an ending that says which factor it is; both differ by author. What wraps a network while it is trained
 * (torch.compile, data parallelism) leaves pieces of its own in the path, which mean nothing.
 */
final class LoraNaming {

    enum Factor {
        DOWN,
        UP,
        ALPHA
    }

    /**
     * One tensor's meaning.
     *
     * @param key kohya's name of the layer
     * @param module the layer as the file names it: the tensor's name without the ending and without wrappers
     */
    record Meaning(String key, Factor factor, String module) {}

    private static final Map<String, Factor> ENDINGS = endings();

    /** Kinds of adapter that are no plain LoRA, by a piece of their tensors' names. */
    private static final Map<String, String> OTHER_KINDS = otherKinds();

    /** Networks by the start of a dotted path; the longer before the shorter. */
    private static final Map<String, String> NETWORKS = networks();

    private static final String BUNDLED_EMBEDDING = "bundle_emb.";

    /** What torch.compile, data parallelism and activation checkpointing put into a path. */
    private static final List<String> WRAPPERS =
            List.of("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "module");

    private static final List<String> UNET_STARTS = List.of(
            "down_blocks.", "mid_block.", "up_blocks.", "time_embedding.", "add_embedding.", "conv_in", "conv_out");

    private LoraNaming() {}

    private static Map<String, Factor> endings() {
        Map<String, Factor> endings = new LinkedHashMap<>();
        endings.put(".alpha", Factor.ALPHA);
        endings.put(".lora_down.weight", Factor.DOWN);
        endings.put(".lora_up.weight", Factor.UP);
        endings.put(".lora_A.weight", Factor.DOWN);
        endings.put(".lora_B.weight", Factor.UP);
        endings.put(".lora_A.default.weight", Factor.DOWN);
        endings.put(".lora_B.default.weight", Factor.UP);
        endings.put(".lora_linear_layer.down.weight", Factor.DOWN);
        endings.put(".lora_linear_layer.up.weight", Factor.UP);
        endings.put(".lora.down.weight", Factor.DOWN);
        endings.put(".lora.up.weight", Factor.UP);
        endings.put("_lora.down.weight", Factor.DOWN);
        endings.put("_lora.up.weight", Factor.UP);
        return endings;
    }

    private static Map<String, String> otherKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(".lora_mid.", "a Tucker-decomposed convolution");
        kinds.put(".hada_", "a LoHa");
        kinds.put(".lokr_", "a LoKr");
        kinds.put(".dora_scale", "a DoRA");
        kinds.put(".lora_magnitude_vector", "a DoRA");
        kinds.put(".oft_", "an OFT");
        kinds.put(".diff_b", "a difference of full weights");
        kinds.put(".w_norm", "a trained norm");
        kinds.put(".b_norm", "a trained norm");
        kinds.put(".glora_", "a GLoRA");
        kinds.put(".lora_B.bias", "a LoRA with trained bias");
        return kinds;
    }

    private static Map<String, String> networks() {
        Map<String, String> networks = new LinkedHashMap<>();
        networks.put("text_encoders.clip_l.transformer.", "lora_te1_");
        networks.put("text_encoders.clip_g.transformer.", "lora_te2_");
        networks.put("text_encoders.clip_h.transformer.", "lora_te_"); // SD 2.x
        networks.put("clip_l.transformer.", "lora_te1_");
        networks.put("clip_g.transformer.", "lora_te2_");
        networks.put("clip_h.transformer.", "lora_te_");
        networks.put("clip_l.", "lora_te1_");
        networks.put("clip_g.", "lora_te2_");
        networks.put("clip_h.", "lora_te_");
        networks.put("conditioner.embedders.0.transformer.", "lora_te1_");
        networks.put("cond_stage_model.transformer.", "lora_te_");
        networks.put("text_encoder_2.", "lora_te2_");
        networks.put("text_encoder_1.", "lora_te1_");
        networks.put("text_encoder.", "lora_te_");
        networks.put("text_model.", "lora_te_text_model_");
        networks.put("model.diffusion_model.", "lora_unet_");
        networks.put("diffusion_model.", "lora_unet_");
        networks.put("unet.", "lora_unet_");
        return networks;
    }

    /** Null for a name that no naming has. */
    static @Nullable Meaning meaning(String name) {
        for (Map.Entry<String, Factor> ending : ENDINGS.entrySet()) {
            if (name.endsWith(ending.getKey())) {
                String module =
                        name.substring(0, name.length() - ending.getKey().length());
                String key = key(module);
                return key == null ? null : new Meaning(key, ending.getValue(), unwrapped(module));
            }
        }
        return null;
    }

    /**
     * A tensor of an adapter that is no plain LoRA.
     *
     * @param key kohya's name of the layer that it belongs to, as far as it has one
     * @param kind what such an adapter is called, with its article
     */
    record OtherKind(String key, String kind) {}

    /** What kind of adapter has such a tensor, when it is none that is read here. */
    static @Nullable OtherKind otherKind(String name) {
        if (name.endsWith(".diff")) {
            return otherKind(name.substring(0, name.length() - ".diff".length()), "a difference of full weights");
        }
        for (Map.Entry<String, String> kind : OTHER_KINDS.entrySet()) {
            int at = name.indexOf(kind.getKey());
            if (at >= 0) {
                return otherKind(name.substring(0, at), kind.getValue());
            }
        }
        return null;
    }

    private static OtherKind otherKind(String module, String kind) {
        String key = key(module);
        return new OtherKind(key == null ? module : key, kind);
    }

    /** The embedding that travels in the LoRA's file with this tensor, as web UIs bundle them; null for any other tensor. */
    static @Nullable String bundledEmbedding(String name) {
        if (!name.startsWith(BUNDLED_EMBEDDING)) {
            return null;
        }
        String rest = name.substring(BUNDLED_EMBEDDING.length());
        int end = rest.indexOf('.');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** What a file with such a name is when it is no LoRA of a Stable Diffusion; null where nothing is known of it. */
    static @Nullable String otherFile(String name) {
        if (name.startsWith("model.diffusion_model.") || name.startsWith("first_stage_model.")) {
            return "the weights of a whole base model";
        }
        if (name.startsWith("transformer.") || name.startsWith("lora_transformer_") || name.contains("double_blocks")) {
            return "a LoRA of another family, a diffusion transformer such as Flux or SD 3";
        }
        if (name.equals("emb_params") || name.equals("clip_l") || name.equals("clip_g")) {
            return "an embedding, as textual inversion makes it";
        }
        return null;
    }

    private static @Nullable String key(String wrapped) {
        String module = unwrapped(wrapped);
        if (module.startsWith("lora_unet_") || module.startsWith("lora_te")) {
            return module;
        }
        if (module.startsWith("lycoris_")) {
            String flat = module.substring("lycoris_".length());
            return (flat.startsWith("text_model_") ? "lora_te_" : "lora_unet_") + flat;
        }
        String path = module.startsWith("base_model.model.") ? module.substring("base_model.model.".length()) : module;
        for (Map.Entry<String, String> network : NETWORKS.entrySet()) {
            if (path.startsWith(network.getKey())) {
                return network.getValue() + flat(path.substring(network.getKey().length()));
            }
        }
        return UNET_STARTS.stream().anyMatch(path::startsWith) ? "lora_unet_" + flat(path) : null;
    }

    /** The path without its wrappers, be it dotted or flat. No layer of these networks has such a piece in its own name. */
    private static String unwrapped(String module) {
        String plain = module;
        for (String wrapper : WRAPPERS) {
            plain = plain.startsWith(wrapper + ".") ? plain.substring(wrapper.length() + 1) : plain;
            plain = plain.replace("." + wrapper + ".", ".");
            plain = plain.replaceFirst("^(lora_unet|lora_te[12]?|lycoris)_" + wrapper + "_", "$1_");
            plain = wrapper.startsWith("_") ? plain.replace("_" + wrapper + "_", "_") : plain;
        }
        return plain;
    }

    /** Old diffusers files name the attention's processor, its output without the number, and a text encoder's as a UNet's. */
    private static String flat(String path) {
        String plain =
                path.replace(".processor.", ".").replaceFirst("\\.self_attn\\.to_(q|k|v|out)$", ".self_attn.$1_proj");
        return (plain.endsWith(".to_out") ? plain + ".0" : plain).replace('.', '_');
    }
}
