package athanor.diffusion.lora.elsewhere;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * diffusers ({@code loaders/lora_conversion_utils.py}): numbers of the original code's blocks become levels, then dots take the
 * place of all underscores and the words that have one in their own name are glued again. What is left over is an error there.
 */
final class DiffusersKeys implements KeyMap {

    private static final Pattern DOWN = Pattern.compile("input_blocks_(\\d+)_(\\d)_(.+)");
    private static final Pattern MIDDLE = Pattern.compile("middle_block_(\\d)_(.+)");
    private static final Pattern UP = Pattern.compile("output_blocks_(\\d+)_(\\d)_(.+)");

    private static final Map<String, String> RESNET = Map.of(
            "in_layers_2", "conv1",
            "out_layers_3", "conv2",
            "emb_layers_1", "time_emb_proj",
            "skip_connection", "conv_shortcut");

    /** Words of several parts. */
    private static final List<String> GLUED = List.of(
            "down_blocks",
            "mid_block",
            "up_blocks",
            "transformer_blocks",
            "to_q",
            "to_k",
            "to_v",
            "to_out",
            "proj_in",
            "proj_out",
            "time_emb_proj",
            "conv_shortcut",
            "text_model",
            "self_attn",
            "q_proj",
            "k_proj",
            "v_proj",
            "out_proj");

    private final BaseLayers base;

    DiffusersKeys(BaseLayers base) {
        this.base = base;
    }

    @Override
    public String reader() {
        return "diffusers";
    }

    @Override
    public @Nullable String layer(String module) {
        if (module.startsWith("lora_unet_")) {
            return base.known(BaseLayers.UNET + dotted(levels(module.substring("lora_unet_".length()))));
        }
        if (module.startsWith("lora_te_") || module.startsWith("lora_te1_")) {
            String path = module.substring(module.indexOf("_text_model") + 1);
            return base.known(BaseLayers.TEXT_ENCODER + dotted(path));
        }
        return module.startsWith("lora_te2_")
                ? base.known(BaseLayers.TEXT_ENCODER_2 + dotted(module.substring("lora_te2_".length())))
                : null;
    }

    private String levels(String path) {
        Matcher down = DOWN.matcher(path);
        if (down.matches()) {
            BlockNumbers.Place place = base.blocks().downAt(Integer.parseInt(down.group(1)));
            return down.group(3).equals("op")
                    ? "down_blocks_%d_downsamplers_0_conv".formatted(place.level())
                    : "down_blocks_%d_%s".formatted(place.level(), inner(down.group(2), place.place(), down.group(3)));
        }
        Matcher middle = MIDDLE.matcher(path);
        if (middle.matches()) {
            int number = Integer.parseInt(middle.group(1));
            return "mid_block_" + inner(number == 1 ? "1" : "0", number / 2, middle.group(2));
        }
        Matcher up = UP.matcher(path);
        if (up.matches()) {
            BlockNumbers.Place place = base.blocks().upAt(Integer.parseInt(up.group(1)));
            return up.group(3).equals("conv")
                    ? "up_blocks_%d_upsamplers_0_conv".formatted(place.level())
                    : "up_blocks_%d_%s".formatted(place.level(), inner(up.group(2), place.place(), up.group(3)));
        }
        return path;
    }

    private static String inner(String kind, int place, String rest) {
        return kind.equals("1")
                ? "attentions_%d_%s".formatted(place, rest)
                : "resnets_%d_%s".formatted(place, RESNET.getOrDefault(rest, rest));
    }

    private static String dotted(String flat) {
        String dotted = flat.replace('_', '.');
        for (String word : GLUED) {
            dotted = dotted.replace(word.replace('_', '.'), word);
        }
        return dotted;
    }
}
