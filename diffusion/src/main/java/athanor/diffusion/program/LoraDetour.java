package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Factor;
import athanor.diffusion.program.Expression.Variable;
import java.util.function.UnaryOperator;

/**
 * The low-rank detour around a frozen layer y of x, {@code y + scale * B (A x)} (Hu et al. 2021, section 4.1).
 *
 * @param down A
 * @param up B
 */
record LoraDetour(LoraPlan plan, Factor down, Factor up) {

    private static final String ADD_IN_PLACE = "torch.add_";

    /**
     * The layer with its detour.
     *
     * @param a multiplies by A
     * @param b multiplies by B
     */
    Variable around(Variable y, Expression x, UnaryOperator<Expression> a, UnaryOperator<Expression> b, Method method) {
        Expression detour = b.apply(thinned(a.apply(x)));
        if (plan.rankIsOpen()) {
            // For pictures, where nothing asks how the layer's own result came about.
            Expression isThere = Torch.torch("gt", Torch.torch("numel", down), Torch.number(0));
            method.runWhen(isThere, Torch.call(ADD_IN_PLACE, y, detour, Torch.named("alpha", scale())));
            return y;
        }
        return method.let(Torch.torch("add", y, detour, Torch.named("alpha", scale())));
    }

    /**
     * The same for plain matrices, the last product added on the way.
     *
     * @param y (M, out)
     * @param x (M, in)
     */
    Variable aroundRows(Variable y, Variable x, Method method) {
        Variable low = method.let(Torch.torch("mm", x, Torch.transposed(down)));
        return method.let(Torch.torch(
                "addmm",
                y,
                low,
                Torch.transposed(up),
                Torch.named("beta", Torch.number(1)),
                Torch.named("alpha", scale())));
    }

    private Expression scale() {
        return Torch.number(plan.scale());
    }

    /** {@code A x} with what {@link LoraDropout} silences; factors come in pairs, so half a position is a number of the layer. */
    private Expression thinned(Expression low) {
        return plan.dropout().isOff()
                ? low
                : Torch.self("dropped", low, LoraDropout.SEEDS, Torch.number(down.position() / 2));
    }

    /** Whether an expression adds a detour to what the variable holds, in place. */
    static boolean isAddedTo(Variable y, Expression expression) {
        return expression.isCallOf(ADD_IN_PLACE) && expression.operands().get(0).equals(y);
    }
}
