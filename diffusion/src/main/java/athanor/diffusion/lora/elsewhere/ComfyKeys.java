package athanor.diffusion.lora.elsewhere;

import athanor.diffusion.model.ModelFamily;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ComfyUI ({@code comfy/lora.py}, {@code comfy/utils.py}): every layer of its UNet, which is the original code's, by that path
 * and, where its table has it, by diffusers'; of the text encoders the six layers of each of the first 32 blocks.
 */
final class ComfyKeys implements KeyMap {

    private static final int TEXT_BLOCKS = 32;

    private static final Pattern TEXT = Pattern.compile("text_model\\.encoder\\.layers\\.(\\d+)\\.(.+)");

    private static final List<String> TEXT_LAYERS = List.of(
            "mlp.fc1", "mlp.fc2", "self_attn.k_proj", "self_attn.q_proj", "self_attn.v_proj", "self_attn.out_proj");

    /** Of diffusers' paths: within transformers, and within residual blocks and samplers. */
    private static final Pattern UNET = Pattern.compile(".*\\.attentions\\.\\d+\\.(proj_in|proj_out"
            + "|transformer_blocks\\.\\d+\\.(attn[12]\\.(to_[qkv]|to_out\\.0)|ff\\.net\\.(0\\.proj|2)))"
            + "|.*\\.resnets\\.\\d+\\.(conv1|conv2|time_emb_proj|conv_shortcut)"
            + "|.*\\.(down|up)samplers\\.0\\.conv");

    private final Map<String, String> layers = new HashMap<>();

    ComfyKeys(BaseLayers base) {
        for (String layer : base.all()) {
            int slash = layer.indexOf('/') + 1;
            String path = layer.substring(slash);
            if (layer.startsWith(BaseLayers.UNET)) {
                String original = base.original(layer);
                if (original != null) {
                    layers.put("lora_unet_" + BaseLayers.flat(original), layer);
                }
                if (UNET.matcher(path).matches()) {
                    layers.put("lora_unet_" + BaseLayers.flat(path), layer);
                }
            } else {
                text(base.family(), layer, path);
            }
        }
    }

    private void text(ModelFamily family, String layer, String path) {
        Matcher named = TEXT.matcher(path);
        if (!named.matches()
                || Integer.parseInt(named.group(1)) >= TEXT_BLOCKS
                || !TEXT_LAYERS.contains(named.group(2))) {
            return;
        }
        boolean xl = family == ModelFamily.SDXL;
        if (layer.startsWith(BaseLayers.TEXT_ENCODER)) {
            layers.put((xl ? "lora_te1_" : "lora_te_") + BaseLayers.flat(path), layer);
        } else {
            layers.put("lora_te2_" + BaseLayers.flat(path), layer);
        }
    }

    @Override
    public String reader() {
        return "ComfyUI";
    }

    @Override
    public @Nullable String layer(String module) {
        return layers.get(module);
    }
}
