package athanor.diffusion.network;

import java.util.List;
import java.util.Map;

/**
 * {@code vae/config.json} of an {@code AutoencoderKL}, read with diffusers' defaults.
 *
 * @param scalingFactor latents are multiplied by it after encoding and divided by it before decoding
 * @param shiftFactor subtracted before scaling; 0 in every model of these families
 * @param forceUpcast float16 gives NaN here, so decode in float32
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        int layersPerBlock,
        int latentChannels,
        int normNumGroups,
        Activation activation,
        boolean quantConv,
        boolean postQuantConv,
        boolean midBlockAttention,
        double scalingFactor,
        double shiftFactor,
        boolean forceUpcast) {

    private static final int MOST_LEVELS = 16;

    public static VaeConfig from(Map<String, ?> json) {
        ConfigReader config = new ConfigReader("vae", json);
        config.mustBe("_class_name", "AutoencoderKL");
        // latents that are scaled channel by channel, as in Playground 2.5
        config.mustBeAbsent("latents_mean");
        config.mustBeAbsent("latents_std");
        List<Integer> channels = config.integers("block_out_channels", List.of(64));
        if (channels.isEmpty() || channels.size() > MOST_LEVELS) {
            throw config.wrong("block_out_channels", channels, "1 to %d levels".formatted(MOST_LEVELS));
        }
        int groups = config.integer("norm_num_groups", 32);
        channels.forEach(width -> config.mustDivide("norm_num_groups", groups, width));
        for (String type : config.texts("down_block_types", List.of("DownEncoderBlock2D"))) {
            if (!type.equals("DownEncoderBlock2D")) {
                throw config.wrong("down_block_types", type, "DownEncoderBlock2D");
            }
        }
        for (String type : config.texts("up_block_types", List.of("UpDecoderBlock2D"))) {
            if (!type.equals("UpDecoderBlock2D")) {
                throw config.wrong("up_block_types", type, "UpDecoderBlock2D");
            }
        }
        return new VaeConfig(
                config.integer("in_channels", 3),
                config.integer("out_channels", 3),
                channels,
                config.layers("layers_per_block", 1),
                config.integer("latent_channels", 4),
                groups,
                Activation.of("vae", config.text("act_fn", "silu")),
                config.flag("use_quant_conv", true),
                config.flag("use_post_quant_conv", true),
                config.flag("mid_block_add_attention", true),
                config.divisor("scaling_factor", 0.18215),
                config.number("shift_factor", 0),
                config.flag("force_upcast", true));
    }

    /** Picture pixels to one latent pixel, a side. */
    public int factor() {
        return 1 << (blockOutChannels.size() - 1);
    }
}
