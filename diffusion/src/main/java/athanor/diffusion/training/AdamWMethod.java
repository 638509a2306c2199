package athanor.diffusion.training;

import static athanor.diffusion.program.Torch.add;
import static athanor.diffusion.program.Torch.detach;
import static athanor.diffusion.program.Torch.div;
import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.oneMinus;
import static athanor.diffusion.program.Torch.sqrt;
import static athanor.diffusion.program.Torch.torch;
import static athanor.diffusion.program.Torch.variable;

import athanor.diffusion.program.Definition;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.training.AdamW.HyperParameter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code adamw(flat, gradient, m, v, hyper) -> norm of the gradient before clipping}: one step of {@link AdamW} on flat vectors;
 * flat, m and v change in place.
 *
 * @param firstPart elements that learn at the first rate; the rest learns at the second
 * @param total elements of flat
 * @param idle stretches of flat that nothing depends on: without a gradient PyTorch leaves a parameter as it is, weight decay
 *     included
 */
public record AdamWMethod(int firstPart, int total, List<Stretch> idle) {

    public static final Variable FLAT = variable("flat");
    public static final Variable GRADIENT = variable("gradient");
    public static final Variable FIRST_MOMENT = variable("m");
    public static final Variable SECOND_MOMENT = variable("v");
    public static final Variable HYPER = variable("hyper");

    /** A run of elements of a flat vector. */
    public record Stretch(int start, int length) {}

    /** All elements learn alike. */
    public static AdamWMethod ofAll(int total) {
        return new AdamWMethod(total, total, List.of());
    }

    /** A call with variables named as the arguments. */
    public static Expression call() {
        return Torch.self("adamw", FLAT, GRADIENT, FIRST_MOMENT, SECOND_MOMENT, HYPER);
    }

    public Definition definition() {
        Variable m = FIRST_MOMENT;
        Variable v = SECOND_MOMENT;
        Method step = new Method(Signature.of("adamw").tensors(FLAT, GRADIENT, m, v, HYPER));
        step.let("h", torch("unbind", HYPER, number(0)));
        Variable p = step.let("p", detach(FLAT));
        Variable norm = step.let("norm", torch("norm", GRADIENT, number(2)));
        Expression share = div(hyper(HyperParameter.MAX_GRAD_NORM), add(norm, number("1.0e-6")));
        Variable clip = step.let("clip", torch("clamp", share, Torch.NONE, number("1.")));
        Variable g = step.let("g", mul(GRADIENT, clip));
        Variable rate = step.let("rate", rate());
        step.let("_1", torch("mul_", p, oneMinus(mul(rate, weightDecay()))));
        step.let("_2", torch("lerp_", m, g, oneMinus(hyper(HyperParameter.BETA1))));
        step.let("_3", torch("mul_", v, hyper(HyperParameter.BETA2)));
        step.let("_4", torch("addcmul_", v, mul(g, oneMinus(hyper(HyperParameter.BETA2))), g));
        Variable root = step.let(
                "root", add(div(sqrt(v), hyper(HyperParameter.SECOND_BIAS_ROOT)), hyper(HyperParameter.EPSILON)));
        Expression pace = torch("neg", div(rate, hyper(HyperParameter.FIRST_BIAS)));
        step.let("_5", torch("addcdiv_", p, mul(m, pace), root));
        return step.returning(norm);
    }

    private static Expression hyper(HyperParameter name) {
        return Torch.element(variable("h"), name.ordinal());
    }

    private Expression rate() {
        Expression first = hyper(HyperParameter.LEARNING_RATE);
        return firstPart == total
                ? first
                : Torch.cat(
                        0, repeated(first, firstPart), repeated(hyper(HyperParameter.SECOND_RATE), total - firstPart));
    }

    /** One number, or one for each element where some have none. */
    private Expression weightDecay() {
        Expression decay = hyper(HyperParameter.WEIGHT_DECAY);
        if (idle.isEmpty()) {
            return decay;
        }
        List<Expression> parts = new ArrayList<>();
        int at = 0;
        for (Stretch stretch : idle) {
            parts.add(repeated(decay, stretch.start() - at));
            parts.add(repeated(mul(decay, number("0.")), stretch.length()));
            at = stretch.start() + stretch.length();
        }
        parts.add(repeated(decay, total - at));
        return Torch.cat(0, parts.toArray(Expression[]::new));
    }

    private static Expression repeated(Expression number, int length) {
        return torch("expand", torch("view", number, Torch.list(number(1))), Torch.list(number(length)));
    }
}
