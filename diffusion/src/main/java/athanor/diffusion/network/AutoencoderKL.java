package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.List;

/** The autoencoder between pictures and latents (Kingma and Welling 2014; Rombach et al. 2022, section 3.1). */
public record AutoencoderKL(VaeConfig config) {

    /**
     * @param picture (B, 3, H, W) in -1..1
     * @return mean and log variance of the posterior side by side, not scaled, (B, 2 latentChannels, H/f, W/f)
     */
    public <T> T encode(Ops<T> ops, T picture) {
        List<Integer> widths = config.blockOutChannels();
        ResnetBlock2D resnet = resnet();
        int channels = widths.get(0);
        T x = ops.conv2d(picture, "encoder.conv_in", config.inChannels(), channels, 3, 1, 1);
        for (int level = 0; level < widths.size(); level++) {
            String block = "encoder.down_blocks." + level;
            for (int layer = 0; layer < config.layersPerBlock(); layer++) {
                x = resnet.forward(ops, x, null, block + ".resnets." + layer, channels, widths.get(level));
                channels = widths.get(level);
            }
            if (level < widths.size() - 1) {
                x = ops.conv2d(ops.padRightBottom(x), block + ".downsamplers.0.conv", channels, channels, 3, 2, 0);
            }
        }
        x = middle(ops, x, "encoder.mid_block", channels);
        x = config.activation()
                .apply(ops, ops.groupNorm(x, "encoder.conv_norm_out", channels, config.normNumGroups(), 1e-6));
        int moments = 2 * config.latentChannels();
        x = ops.conv2d(x, "encoder.conv_out", channels, moments, 3, 1, 1);
        return config.quantConv() ? ops.conv2d(x, "quant_conv", moments, moments, 1, 1, 0) : x;
    }

    /**
     * @param latent already divided by the scaling factor, (B, latentChannels, h, w)
     * @return (B, 3, f h, f w), about -1..1
     */
    public <T> T decode(Ops<T> ops, T latent) {
        List<Integer> widths = UNetConfig.reversed(config.blockOutChannels());
        ResnetBlock2D resnet = resnet();
        int channels = widths.get(0);
        int latents = config.latentChannels();
        T x = config.postQuantConv() ? ops.conv2d(latent, "post_quant_conv", latents, latents, 1, 1, 0) : latent;
        x = ops.conv2d(x, "decoder.conv_in", latents, channels, 3, 1, 1);
        x = middle(ops, x, "decoder.mid_block", channels);
        for (int level = 0; level < widths.size(); level++) {
            String block = "decoder.up_blocks." + level;
            for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
                x = resnet.forward(ops, x, null, block + ".resnets." + layer, channels, widths.get(level));
                channels = widths.get(level);
            }
            if (level < widths.size() - 1) {
                x = ops.upsampledConv2d(x, null, block + ".upsamplers.0.conv", channels, channels);
            }
        }
        x = config.activation()
                .apply(ops, ops.groupNorm(x, "decoder.conv_norm_out", channels, config.normNumGroups(), 1e-6));
        return ops.conv2d(x, "decoder.conv_out", channels, config.outChannels(), 3, 1, 1);
    }

    private <T> T middle(Ops<T> ops, T start, String block, int channels) {
        T x = resnet().forward(ops, start, null, block + ".resnets.0", channels, channels);
        if (config.midBlockAttention()) {
            x = Attention.overPixels(ops, x, block + ".attentions.0", channels, config.normNumGroups());
        }
        return resnet().forward(ops, x, null, block + ".resnets.1", channels, channels);
    }

    private ResnetBlock2D resnet() {
        return ResnetBlock2D.timeless(config.normNumGroups(), config.activation());
    }
}
