package athanor.diffusion.pretraining;

import static athanor.diffusion.program.Torch.P;
import static athanor.diffusion.program.Torch.variable;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Definition;
import athanor.diffusion.program.Expression;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Method;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.training.AdamW.HyperParameter;
import athanor.diffusion.training.AdamWMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code step(flat, m, v, ema, hyper, data...) -> report}: what pretrainers have around their loss. All weights are one flat vector,
 * of which {@code ema} is the running mean; both change in place, and so do the moments.
 */
final class PretrainingStep {

    private static final Variable RUNNING_MEAN = variable("ema");
    private static final Variable LEAF = variable("f");

    private final Method method;

    /** @param data what a loss is made from, besides the weights in {@code P} */
    PretrainingStep(ComputeType type, Variable... data) {
        method = new Method(Signature.of("step")
                .tensors(AdamWMethod.FLAT, AdamWMethod.FIRST_MOMENT, AdamWMethod.SECOND_MOMENT)
                .tensors(RUNNING_MEAN, AdamWMethod.HYPER)
                .tensors(data));
        method.let(LEAF, Torch.leaf(AdamWMethod.FLAT));
        method.let(P, Torch.self("unpack", Torch.cast(LEAF, type)));
    }

    Variable let(String name, Expression value) {
        return method.let(name, value);
    }

    Variable let(Variable variable, Expression value) {
        return method.let(variable, value);
    }

    /**
     * Ends the method.
     *
     * @param report numbers that come before the norm of the gradient
     */
    Definition reporting(Variable loss, Expression... report) {
        Variable gradients = method.let("gradients", Torch.gradients(loss, LEAF));
        method.let(AdamWMethod.GRADIENT, Torch.unwrapped(gradients, 0));
        Variable norm = method.let("norm", AdamWMethod.call());
        Expression kept = HyperParameter.EMA_DECAY.of(AdamWMethod.HYPER);
        method.let("_1", Torch.torch("lerp_", RUNNING_MEAN, Torch.detach(AdamWMethod.FLAT), Torch.oneMinus(kept)));
        List<Expression> numbers = new ArrayList<>(List.of(report));
        numbers.add(norm);
        return method.returning(Torch.torch("stack", Torch.list(numbers), Torch.number(0)));
    }
}
