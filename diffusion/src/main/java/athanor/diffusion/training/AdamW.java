package athanor.diffusion.training;

import athanor.diffusion.program.Emitter;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2) as PyTorch computes it, on flat vectors, after clipping the gradient by its
 * global norm.
 *
 * @param epsilon added to the root of the second moment
 * @param maxGradNorm the gradient is scaled down to this L2 norm when it is longer
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double maxGradNorm) {

    /** PyTorch's own values, with the gradient norm of 1 that every LoRA trainer uses. */
    public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8, 1e-2, 1.0);

    /** Numbers in {@link #hyperParameters}. */
    static final int HYPER_PARAMETERS = 10;

    /**
     * What one step needs, as data, so that no program is compiled again when a rate changes.
     *
     * @param step counts from 1
     * @param secondRate learning rate of the elements after the first part (the text encoder's)
     * @param emaDecay of the running mean of the parameters; not used where there is none
     */
    public float[] hyperParameters(int step, double learningRate, double secondRate, double emaDecay) {
        return new float[] {
            (float) learningRate,
            (float) secondRate,
            (float) weightDecay,
            (float) beta1,
            (float) beta2,
            (float) epsilon,
            (float) (1 - Math.pow(beta1, step)),
            (float) Math.sqrt(1 - Math.pow(beta2, step)),
            (float) maxGradNorm,
            (float) emaDecay
        };
    }

    /**
     * Emits {@code adamw(flat, gradient, m, v, h) -> norm of the gradient before clipping}; flat, m and v change in place.
     *
     * @param firstPart elements that learn at the first rate; the rest learns at the second
     * @param total elements of flat
     * @param idle stretches of flat that nothing depends on: without a gradient PyTorch leaves a parameter as it is, weight decay
     *     included
     */
    public static void emit(Emitter emitter, int firstPart, int total, List<Stretch> idle) {
        String rate = firstPart == total
                ? "h[0]"
                : "torch.cat([%s, %s], 0)".formatted(expanded("h[0]", firstPart), expanded("h[1]", total - firstPart));
        emitter.method(
                """
                  def adamw(self: __torch__.Program, flat: Tensor, gradient: Tensor, m: Tensor, v: Tensor, hyper: Tensor) -> Tensor:
                    h = torch.unbind(hyper, 0)
                    p = torch.detach(flat)
                    norm = torch.norm(gradient, 2)
                    clip = torch.clamp(torch.div(h[8], torch.add(norm, 1.0e-6)), None, 1.)
                    g = torch.mul(gradient, clip)
                    rate = RATE
                    _1 = torch.mul_(p, torch.rsub(torch.mul(rate, DECAY), 1.))
                    _2 = torch.lerp_(m, g, torch.rsub(h[3], 1.))
                    _3 = torch.mul_(v, h[4])
                    _4 = torch.addcmul_(v, torch.mul(g, torch.rsub(h[4], 1.)), g)
                    root = torch.add(torch.div(torch.sqrt(v), h[7]), h[5])
                    _5 = torch.addcdiv_(p, torch.mul(m, torch.neg(torch.div(rate, h[6]))), root)
                    return norm
                """.replace("RATE", rate).replace("DECAY", decay(total, idle)).indent(0));
    }

    /** Weight decay, one number, or one for each element where some have none. */
    private static String decay(int total, List<Stretch> idle) {
        if (idle.isEmpty()) {
            return "h[2]";
        }
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (Stretch stretch : idle) {
            parts.add(expanded("h[2]", stretch.start() - at));
            parts.add(expanded("torch.mul(h[2], 0.)", stretch.length()));
            at = stretch.start() + stretch.length();
        }
        parts.add(expanded("h[2]", total - at));
        return "torch.cat([%s], 0)".formatted(String.join(", ", parts));
    }

    private static String expanded(String number, int length) {
        return "torch.expand(torch.view(%s, [1]), [%d])".formatted(number, length);
    }

    /** A run of elements of a flat vector. */
    public record Stretch(int start, int length) {}
}
