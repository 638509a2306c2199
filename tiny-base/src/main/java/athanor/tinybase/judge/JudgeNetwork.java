package athanor.tinybase.judge;

import athanor.diffusion.program.Ops;

/**
 * The judge's eyes: a convolutional hourglass (Newell et al. 2016, one stage) that answers for every fourth pixel.
 *
 * <pre>
 *   picture (B, 3, H, W), -1..1   ->   answers (B, CHANNELS, H/4, W/4)
 * </pre>
 *
 * Channels: is this the middle of a head, of a shirt, between two feet (logits); log of the head's half height over
 * {@link #UNIT}; then logits of gender, hair, shirt, accessory, subject (none first) for the head that is here, and of the place.
 */
final class JudgeNetwork {

    static final int HEAD = 0, TORSO = 1, FEET = 2, SIZE = 3;
    /** First channel and number of classes of gender, hair, shirt, accessory, subject, place. */
    static final int[][] GROUPS = {{4, 2}, {6, 5}, {11, 6}, {17, 3}, {20, 5}, {25, 4}};

    static final int CHANNELS = 29;
    /** Pixels per answer. */
    static final int STRIDE = 4;
    /** Pixels; a head of this half height has size 0. */
    static final double UNIT = 16;

    private JudgeNetwork() {}

    static <T> T forward(Ops<T> ops, T picture) {
        T half = block(ops, picture, "down1", 3, 24, 2); // H/2
        T quarter = block(ops, half, "down2", 24, 48, 2); // H/4
        T eighth = block(ops, quarter, "down3", 48, 64, 2); // H/8
        T sixteenth = block(ops, eighth, "down4", 64, 64, 2); // H/16
        T whole = ops.add(sixteenth, block(ops, sixteenth, "middle", 64, 64, 1));
        T up8 = ops.concatChannels(ops.upsampleNearestLike(whole, eighth), eighth);
        T context = block(ops, up8, "up1", 128, 48, 1);
        T up4 = ops.concatChannels(ops.upsampleNearestLike(context, quarter), quarter);
        T seen = block(ops, up4, "up2", 96, 40, 1);
        return ops.conv2d(seen, "answers", 40, CHANNELS, 1, 1, 0);
    }

    private static <T> T block(Ops<T> ops, T x, String name, int in, int out, int stride) {
        T y = ops.conv2d(x, name + ".conv", in, out, 3, stride, 1);
        return ops.silu(ops.groupNorm(y, name + ".norm", out, 8, 1e-5));
    }
}
