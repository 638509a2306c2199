package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The denoiser of latent diffusion (Rombach et al. 2022, section 3; U-Net of Ho et al. 2020): residual blocks and
 * transformers on the way down, one level in the middle, and the way up with every state of the way down joined in.
 */
public record UNet2DConditionModel(UNetConfig config) {

    /** A feature map and its number of channels. */
    private record Feature<T>(T map, int channels) {}

    /**
     * @param sample noisy latents, (B, inChannels, h, w)
     * @param timesteps 0 to 999, (B)
     * @param text what the cross-attention sees, (B, L, D)
     * @param pooled SDXL: pooled text, (B, P); null otherwise
     * @param timeIds SDXL: original height and width, crop top and left, target height and width, (B, 6); null otherwise
     * @return the network's prediction (noise or velocity), (B, outChannels, h, w)
     */
    public <T> T forward(Ops<T> ops, T sample, T timesteps, T text, @Nullable T pooled, @Nullable T timeIds) {
        int first = config.blockOutChannels().get(0);
        T x = features(ops, sample, timesteps, text, pooled, timeIds);
        x = config.activation()
                .apply(ops, ops.groupNorm(x, "conv_norm_out", first, config.normNumGroups(), config.normEps()));
        int outKernel = config.convOutKernel();
        return ops.conv2d(x, "conv_out", first, config.outChannels(), outKernel, 1, (outKernel - 1) / 2);
    }

    /**
     * What the network has made of its input before it says what is noise; arguments as of {@link #forward}.
     *
     * @return the state behind the last block of the way up, (B, C, h, w) with as many channels as the first level has
     */
    public <T> T features(Ops<T> ops, T sample, T timesteps, T text, @Nullable T pooled, @Nullable T timeIds) {
        T time = timeEmbedding(ops, timesteps, pooled, timeIds);
        int first = config.blockOutChannels().get(0);
        T input = config.centerInputSample() ? ops.affine(sample, 2, -1) : sample;
        int inKernel = config.convInKernel();
        T x = ops.conv2d(input, "conv_in", config.inChannels(), first, inKernel, 1, (inKernel - 1) / 2);

        Deque<Feature<T>> skips = new ArrayDeque<>();
        skips.push(new Feature<>(x, first));
        x = down(ops, x, time, text, skips);
        x = middle(ops, x, time, text);
        return up(ops, x, time, text, skips);
    }

    private <T> T timeEmbedding(Ops<T> ops, T timesteps, @Nullable T pooled, @Nullable T timeIds) {
        int width = config.blockOutChannels().get(0);
        int dim = config.timeEmbedDim();
        T sinusoid = ops.toComputeType(
                ops.timestepEmbedding(timesteps, width, config.flipSinToCos(), config.frequencyShift()));
        T time = twoLayers(ops, config.activation(), sinusoid, "time_embedding", width, dim);
        UNetConfig.TextTime textTime = config.textTime();
        if (textTime == null) {
            return time;
        }
        if (pooled == null || timeIds == null) {
            throw new IllegalArgumentException("this UNet is conditioned on pooled text and time ids; both are needed");
        }
        T numbers = ops.flattenFromOne(ops.timestepEmbedding(
                timeIds, textTime.timeEmbedDim(), config.flipSinToCos(), config.frequencyShift()));
        T both = ops.concatLast(pooled, ops.toComputeType(numbers));
        return ops.add(time, twoLayers(ops, Activation.SILU, both, "add_embedding", textTime.inputDim(), dim));
    }

    private static <T> T twoLayers(Ops<T> ops, Activation activation, T x, String name, int in, int dim) {
        T wide = activation.apply(ops, ops.linear(x, name + ".linear_1", in, dim, true));
        return ops.linear(wide, name + ".linear_2", dim, dim, true);
    }

    private <T> T down(Ops<T> ops, T start, T time, T text, Deque<Feature<T>> skips) {
        T x = start;
        int channels = config.blockOutChannels().get(0);
        for (int level = 0; level < config.levels(); level++) {
            String block = "down_blocks." + level;
            int out = config.blockOutChannels().get(level);
            for (int layer = 0; layer < config.layersPerBlock().get(level); layer++) {
                x = resnet(1).forward(ops, x, time, block + ".resnets." + layer, channels, out);
                channels = out;
                if (config.crossAttention().get(level)) {
                    x = transformer(level)
                            .forward(
                                    ops,
                                    x,
                                    text,
                                    block + ".attentions." + layer,
                                    out,
                                    config.heads().get(level),
                                    config.transformerLayers().get(level));
                }
                skips.push(new Feature<>(x, out));
            }
            if (level < config.levels() - 1) {
                T padded = config.downsamplePadding() == 0 ? ops.padRightBottom(x) : x;
                x = ops.conv2d(padded, block + ".downsamplers.0.conv", out, out, 3, 2, config.downsamplePadding());
                skips.push(new Feature<>(x, out));
            }
        }
        return x;
    }

    private <T> T middle(Ops<T> ops, T start, T time, T text) {
        if (config.midBlock() == UNetConfig.MidBlock.NONE) {
            return start;
        }
        int last = config.levels() - 1;
        int channels = config.blockOutChannels().get(last);
        ResnetBlock2D resnet = resnet(config.midBlockScaleFactor());
        T x = resnet.forward(ops, start, time, "mid_block.resnets.0", channels, channels);
        if (config.midBlock() == UNetConfig.MidBlock.RESNETS_ONLY) {
            return x;
        }
        x = new Transformer2DModel(
                        config.normNumGroups(),
                        config.crossAttentionDim().get(last),
                        config.useLinearProjection(),
                        false,
                        config.upcastAttention())
                .forward(
                        ops,
                        x,
                        text,
                        "mid_block.attentions.0",
                        channels,
                        config.heads().get(last),
                        config.transformerLayers().get(last));
        return resnet.forward(ops, x, time, "mid_block.resnets.1", channels, channels);
    }

    private <T> T up(Ops<T> ops, T start, T time, T text, Deque<Feature<T>> skips) {
        T x = start;
        int channels = config.blockOutChannels().get(config.levels() - 1);
        for (int i = 0; i < config.levels(); i++) {
            int level = config.levels() - 1 - i;
            String block = "up_blocks." + i;
            int out = config.blockOutChannels().get(level);
            for (int layer = 0; layer <= config.layersPerBlock().get(level); layer++) {
                Feature<T> skip = skips.pop();
                T joined = ops.concatChannels(x, skip.map());
                x = resnet(1).forward(ops, joined, time, block + ".resnets." + layer, channels + skip.channels(), out);
                channels = out;
                if (config.crossAttentionUp().get(i)) {
                    x = transformer(level)
                            .forward(
                                    ops,
                                    x,
                                    text,
                                    block + ".attentions." + layer,
                                    out,
                                    config.heads().get(level),
                                    config.transformerLayersUp().get(i));
                }
            }
            if (level > 0) {
                // To the size of what is joined next: twice, or one less where the way down had an odd side.
                Feature<T> next = skips.element();
                x = ops.upsampledConv2d(x, next.map(), block + ".upsamplers.0.conv", out, out);
            }
        }
        return x;
    }

    private ResnetBlock2D resnet(double outputScale) {
        return new ResnetBlock2D(
                config.normNumGroups(),
                config.normEps(),
                config.activation(),
                config.timeEmbedDim(),
                config.scaleShiftTime(),
                outputScale);
    }

    private Transformer2DModel transformer(int level) {
        return new Transformer2DModel(
                config.normNumGroups(),
                config.crossAttentionDim().get(level),
                config.useLinearProjection(),
                config.onlyCrossAttention().get(level),
                config.upcastAttention());
    }
}
