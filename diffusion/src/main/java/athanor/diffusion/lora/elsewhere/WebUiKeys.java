package athanor.diffusion.lora.elsewhere;

import athanor.diffusion.model.ModelFamily;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * AUTOMATIC1111's web UI ({@code extensions-builtin/Lora/networks.py}): diffusers' names become the original code's by patterns,
 * and what they give is looked up among the modules in memory. OpenCLIP's attention is one module there, which all three of
 * q, k and v mean.
 */
final class WebUiKeys implements KeyMap {

    private static final Pattern BLOCK =
            Pattern.compile("lora_unet_(down|up)_blocks_(\\d+)_(attentions|resnets)_(\\d+)_(.+)");
    private static final Pattern MIDDLE = Pattern.compile("lora_unet_mid_block_(attentions|resnets)_(\\d+)_(.+)");
    private static final Pattern DOWNSAMPLER = Pattern.compile("lora_unet_down_blocks_(\\d+)_downsamplers_0_conv");
    private static final Pattern UPSAMPLER = Pattern.compile("lora_unet_up_blocks_(\\d+)_upsamplers_0_conv");
    private static final Pattern TEXT = Pattern.compile("lora_te(2?)_text_model_encoder_layers_(\\d+)_(.+)");
    private static final Pattern PROJECTION = Pattern.compile("(.*)_[qkv]_proj");

    private static final Map<String, String> RESNET = Map.of(
            "conv1", "in_layers_2",
            "conv2", "out_layers_3",
            "time_emb_proj", "emb_layers_1",
            "conv_shortcut", "skip_connection");

    private final BaseLayers base;
    private final Map<String, String> modules = new HashMap<>();

    WebUiKeys(BaseLayers base) {
        this.base = base;
        for (String layer : base.all()) {
            String path = layer.substring(layer.indexOf('/') + 1);
            if (layer.startsWith(BaseLayers.UNET)) {
                String original = base.original(layer);
                if (original != null) {
                    modules.put("diffusion_model_" + BaseLayers.flat(original), layer);
                }
            } else {
                modules.put(textModule(layer, path), layer);
            }
        }
    }

    private String textModule(String layer, String path) {
        if (layer.startsWith(BaseLayers.TEXT_ENCODER_2)) {
            return "1_" + openClip(path);
        }
        return switch (base.family()) {
            case SD1 -> "transformer_" + BaseLayers.flat(path);
            case SD2 -> openClip(path);
            case SDXL -> "0_transformer_" + BaseLayers.flat(path);
        };
    }

    /** q, k and v keep names of their own here, so that each can be seen to land. */
    private static String openClip(String path) {
        return BaseLayers.flat(path)
                .replace("text_model_encoder_layers_", "model_transformer_resblocks_")
                .replace("_mlp_fc1", "_mlp_c_fc")
                .replace("_mlp_fc2", "_mlp_c_proj")
                .replace("_self_attn_", "_attn_");
    }

    @Override
    public String reader() {
        return "AUTOMATIC1111's web UI";
    }

    @Override
    public @Nullable String layer(String module) {
        String converted = converted(module);
        String found = modules.get(converted);
        if (found == null && converted.startsWith("lora_unet_")) {
            return modules.get("diffusion_model_" + converted.substring("lora_unet_".length()));
        }
        if (found == null && converted.startsWith("lora_te1_")) {
            return modules.get("0_transformer_" + converted.substring("lora_te1_".length()));
        }
        return found;
    }

    /** The attention that a key's q, k or v is a third of; null for every other key. */
    @Nullable
    String stackedInto(String module) {
        String converted = converted(module);
        Matcher projection = PROJECTION.matcher(converted);
        return converted.contains("resblocks") && projection.matches() ? projection.group(1) : null;
    }

    private String converted(String key) {
        Matcher block = BLOCK.matcher(key);
        if (block.matches()) {
            int level = Integer.parseInt(block.group(2));
            int place = Integer.parseInt(block.group(4));
            boolean down = block.group(1).equals("down");
            return "diffusion_model_%s_blocks_%d_%s"
                    .formatted(
                            down ? "input" : "output",
                            down
                                    ? base.blocks().down(level, place)
                                    : base.blocks().up(level, place),
                            inner(block.group(3), block.group(5)));
        }
        Matcher middle = MIDDLE.matcher(key);
        if (middle.matches()) {
            boolean attention = middle.group(1).equals("attentions");
            String rest = middle.group(3);
            return "diffusion_model_middle_block_%d_%s"
                    .formatted(
                            attention ? 1 : 2 * Integer.parseInt(middle.group(2)),
                            attention ? rest : RESNET.getOrDefault(rest, rest));
        }
        return sampler(key);
    }

    private String sampler(String key) {
        Matcher down = DOWNSAMPLER.matcher(key);
        if (down.matches()) {
            return "diffusion_model_input_blocks_%d_0_op"
                    .formatted(base.blocks().downsampler(Integer.parseInt(down.group(1))));
        }
        Matcher up = UPSAMPLER.matcher(key);
        if (up.matches()) {
            int level = Integer.parseInt(up.group(1));
            return "diffusion_model_output_blocks_%d_%d_conv"
                    .formatted(base.blocks().lastUp(level), placeOfUpsampler(level));
        }
        Matcher text = TEXT.matcher(key);
        return text.matches() ? text(key, text) : key;
    }

    /** The web UI takes 1 on the first level and 2 on the others: so it is in SD 1.x and 2.x, and in XL it is not. */
    private int placeOfUpsampler(int level) {
        return base.family() == ModelFamily.SDXL ? level > 0 ? 2 : 1 : base.placeOfUpsampler(level);
    }

    private String text(String key, Matcher text) {
        boolean second = !text.group(1).isEmpty();
        String path = "text_model.encoder.layers.%s.".formatted(text.group(2)) + text.group(3);
        if (second) {
            return "1_" + openClip(path);
        }
        return base.family() == ModelFamily.SD2 ? openClip(path) : key.replace("lora_te_", "transformer_");
    }

    private static String inner(String kind, String rest) {
        return kind.equals("attentions") ? "1_" + rest : "0_" + RESNET.getOrDefault(rest, rest);
    }
}
