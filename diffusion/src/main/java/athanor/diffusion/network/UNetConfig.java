package athanor.diffusion.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code unet/config.json} of a {@code UNet2DConditionModel}, read with diffusers' defaults. Lists have one entry a level,
 * from the largest picture to the smallest.
 *
 * @param heads number of attention heads (files of SD 1.x call it {@code attention_head_dim}, a misnomer that stayed)
 * @param crossAttention which levels have transformers on the way down
 * @param crossAttentionUp the same on the way up, in the order of the way up
 * @param transformerLayersUp in the order of the way up
 * @param midBlock what stands at the bottom
 * @param textTime SDXL's additional conditioning, null without
 */
public record UNetConfig(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        List<Integer> layersPerBlock,
        List<Integer> heads,
        List<Integer> transformerLayers,
        List<Integer> transformerLayersUp,
        List<Boolean> crossAttention,
        List<Boolean> crossAttentionUp,
        MidBlock midBlock,
        List<Integer> crossAttentionDim,
        int normNumGroups,
        double normEps,
        Activation activation,
        boolean useLinearProjection,
        List<Boolean> onlyCrossAttention,
        boolean upcastAttention,
        boolean flipSinToCos,
        double frequencyShift,
        int timeEmbedDim,
        double midBlockScaleFactor,
        int downsamplePadding,
        boolean centerInputSample,
        boolean scaleShiftTime,
        int convInKernel,
        int convOutKernel,
        @Nullable TextTime textTime) {

    private static final int MOST_LEVELS = 16;

    public enum MidBlock {
        CROSS_ATTENTION,
        RESNETS_ONLY,
        NONE
    }

    /**
     * SDXL micro-conditioning (Podell et al. 2023, section 2.2).
     *
     * @param timeEmbedDim width of the sinusoid of each of the six numbers
     * @param inputDim pooled text and the six sinusoids side by side
     */
    public record TextTime(int timeEmbedDim, int inputDim) {}

    public static UNetConfig from(Map<String, ?> json) {
        ConfigReader config = new ConfigReader("unet", json);
        config.mustBe("_class_name", "UNet2DConditionModel");
        for (String unsupported : List.of(
                "class_embed_type",
                "num_class_embeds",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "dual_cross_attention",
                "time_embedding_act_fn",
                "timestep_post_act",
                "time_cond_proj_dim",
                "addition_embed_type_num_heads_override",
                "resnet_skip_time_act",
                "class_embeddings_concat",
                "cross_attention_norm")) {
            config.mustBeAbsent(unsupported);
        }
        config.mustBe("time_embedding_type", "positional");
        config.mustBe("attention_type", "default");
        if (config.integer("downsample_padding", 1) > 1) {
            throw config.wrong("downsample_padding", config.integer("downsample_padding", 1), "0 or 1");
        }
        if (config.number("resnet_out_scale_factor", 1.0) != 1.0) {
            throw config.wrong("resnet_out_scale_factor", config.number("resnet_out_scale_factor", 1), "1.0");
        }

        List<Integer> channels = config.integers("block_out_channels", List.of(320, 640, 1280, 1280));
        int levels = channels.size();
        if (levels < 1 || levels > MOST_LEVELS) {
            throw config.wrong("block_out_channels", channels, "1 to %d levels".formatted(MOST_LEVELS));
        }
        List<String> down = config.texts(
                "down_block_types",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"));
        List<String> up = config.texts(
                "up_block_types",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"));
        if (down.size() != levels || up.size() != levels) {
            throw config.wrong("down_block_types and up_block_types", down + " and " + up, levels + " entries each");
        }
        List<Integer> headDim = config.integersPerLevel("attention_head_dim", levels, 8);
        List<Integer> heads =
                config.has("num_attention_heads") ? config.integersPerLevel("num_attention_heads", levels, 8) : headDim;
        List<Integer> transformers = config.layersPerLevel("transformer_layers_per_block", levels, 1);
        List<Integer> transformersUp = config.has("reverse_transformer_layers_per_block")
                ? config.layersPerLevel("reverse_transformer_layers_per_block", levels, 1)
                : reversed(transformers);
        int groups = config.integer("norm_num_groups", 32);
        List<Boolean> attentionDown = blocks(config, "down_block_types", down, "DownBlock2D", "CrossAttnDownBlock2D");
        List<Boolean> attentionUp = blocks(config, "up_block_types", up, "UpBlock2D", "CrossAttnUpBlock2D");
        MidBlock midBlock = midBlock(config, json);
        for (int level = 0; level < levels; level++) {
            config.mustDivide("norm_num_groups", groups, channels.get(level));
            boolean attends = attentionDown.get(level)
                    || attentionUp.get(levels - 1 - level)
                    || level == levels - 1 && midBlock == MidBlock.CROSS_ATTENTION;
            if (attends) {
                config.mustBeAtMost("attention_head_dim or num_attention_heads", heads.get(level), channels.get(level));
            }
        }
        String scaleShift = config.text("resnet_time_scale_shift", "default");
        if (!scaleShift.equals("default") && !scaleShift.equals("scale_shift")) {
            throw config.wrong("resnet_time_scale_shift", scaleShift, "default or scale_shift");
        }
        TextTime textTime = textTime(config);
        return new UNetConfig(
                config.integer("in_channels", 4),
                config.integer("out_channels", 4),
                channels,
                config.layersPerLevel("layers_per_block", levels, 2),
                heads,
                transformers,
                transformersUp,
                attentionDown,
                attentionUp,
                midBlock,
                config.integersPerLevel("cross_attention_dim", levels, 1280),
                groups,
                config.epsilon("norm_eps", 1e-5),
                Activation.of("unet", config.text("act_fn", "silu")),
                config.flag("use_linear_projection", false),
                config.flagsPerLevel("only_cross_attention", levels, false),
                config.flag("upcast_attention", false),
                config.flag("flip_sin_to_cos", true),
                frequencyShift(config, channels.get(0), textTime),
                config.integer("time_embedding_dim", channels.get(0) * 4),
                config.divisor("mid_block_scale_factor", 1),
                config.integer("downsample_padding", 1),
                config.flag("center_input_sample", false),
                scaleShift.equals("scale_shift"),
                config.integer("conv_in_kernel", 3),
                config.integer("conv_out_kernel", 3),
                textTime);
    }

    /** The sinusoids' exponents are divided by half their width less this. */
    private static double frequencyShift(ConfigReader config, int timeWidth, @Nullable TextTime textTime) {
        double shift = config.number("freq_shift", 0);
        if (shift == timeWidth / 2 || textTime != null && shift == textTime.timeEmbedDim() / 2) {
            throw config.wrong("freq_shift", shift, "another number than half the channels of a sinusoid");
        }
        return shift;
    }

    private static List<Boolean> blocks(
            ConfigReader config, String key, List<String> types, String plain, String cross) {
        List<Boolean> withAttention = new ArrayList<>();
        for (String type : types) {
            if (!type.equals(plain) && !type.equals(cross)) {
                throw config.wrong(key, type, plain + " or " + cross);
            }
            withAttention.add(type.equals(cross));
        }
        return withAttention;
    }

    private static MidBlock midBlock(ConfigReader config, Map<String, ?> json) {
        if (json.containsKey("mid_block_type") && json.get("mid_block_type") == null) {
            return MidBlock.NONE;
        }
        String type = config.text("mid_block_type", "UNetMidBlock2DCrossAttn");
        return switch (type) {
            case "UNetMidBlock2DCrossAttn" -> MidBlock.CROSS_ATTENTION;
            case "UNetMidBlock2D" -> MidBlock.RESNETS_ONLY;
            default -> throw config.wrong("mid_block_type", type, "UNetMidBlock2DCrossAttn, UNetMidBlock2D or null");
        };
    }

    private static @Nullable TextTime textTime(ConfigReader config) {
        String type = config.textOrNull("addition_embed_type");
        if (type == null) {
            return null;
        }
        if (!type.equals("text_time")) {
            throw config.wrong("addition_embed_type", type, "text_time or nothing");
        }
        return new TextTime(
                config.integer("addition_time_embed_dim", 256),
                config.integer("projection_class_embeddings_input_dim", 2816));
    }

    static <E> List<E> reversed(List<E> list) {
        List<E> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    public int levels() {
        return blockOutChannels.size();
    }
}
