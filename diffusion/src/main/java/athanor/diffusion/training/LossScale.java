package athanor.diffusion.training;

import athanor.diffusion.program.ComputeType;

/**
 * By how much the loss is enlarged on its way back (Micikevicius et al. 2018, section 3.2). In float16 most gradients are so small
 * that they would round to zero, so they are computed from a loss as large as the type bears, and made smaller in float32. When
 * they overflow, the same is tried with less; when they have not for long, with more.
 */
final class LossScale {

    private static final float LARGEST = 1 << 16;
    private static final float LESS = 4;
    private static final float MORE = 2;
    private static final int LONG_TIME = 500;

    private final float most;
    private float value;
    private int heldFor;

    /** Always 1 but for float16: the other types reach as far down as float32 does. */
    LossScale(ComputeType type) {
        most = type == ComputeType.FLOAT16 ? LARGEST : 1;
        value = most;
    }

    /** A power of two, so that numbers which are neither lost nor too large are the same with it. */
    float value() {
        return value;
    }

    /** After a gradient that was finite. */
    void held() {
        heldFor++;
        if (heldFor >= LONG_TIME) {
            heldFor = 0;
            value = Math.min(most, value * MORE);
        }
    }

    /** After a gradient that was not. */
    void lower() {
        heldFor = 0;
        value = Math.max(1, value / LESS);
    }
}
