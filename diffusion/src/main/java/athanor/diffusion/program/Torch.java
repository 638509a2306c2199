package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Call;
import athanor.diffusion.program.Expression.Element;
import athanor.diffusion.program.Expression.Elements;
import athanor.diffusion.program.Expression.Literal;
import athanor.diffusion.program.Expression.Named;
import athanor.diffusion.program.Expression.Variable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TorchScript's operators as {@link Expression}s, so that a formula in Java reads like the formula. */
public final class Torch {

    /** The weights that a method reads. */
    public static final Variable P = new Variable("P");

    /** The LoRA factors that a method reads. */
    public static final Variable L = new Variable("L");

    /** The frozen weights that a program holds. */
    public static final Expression WEIGHTS = new Literal("self.weights");

    /** The LoRA factors that a program holds. */
    public static final Expression LORAS = new Literal("self.loras");

    public static final Expression NONE = new Literal("None");
    public static final Expression TRUE = new Literal("True");
    public static final Expression FALSE = new Literal("False");

    private Torch() {}

    public static Variable variable(String name) {
        return new Variable(name);
    }

    public static Expression number(int value) {
        return new Literal(String.valueOf(value));
    }

    public static Expression number(double value) {
        return new Literal(String.valueOf(value));
    }

    /** A number as TorchScript writes it: {@code 1.}, {@code 1.0e-6}. */
    public static Expression number(String text) {
        return new Literal(text);
    }

    static Expression numbers(int... values) {
        return new Literal(Arrays.toString(values));
    }

    static Expression flag(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** A whole text in quotation marks. */
    static Expression quoted(String text) {
        return new Literal("\"" + text + "\"");
    }

    public static Expression list(Expression... elements) {
        return new Elements(List.of(elements));
    }

    public static Expression list(List<? extends Expression> elements) {
        return new Elements(List.copyOf(elements));
    }

    /** A list whose type its elements, being none, do not tell. */
    public static Expression typedList(String type, List<? extends Expression> elements) {
        return call("annotate", new Literal("List[" + type + "]"), list(elements));
    }

    public static Expression element(Expression list, int index) {
        return new Element(list, number(index));
    }

    public static Expression named(String name, Expression value) {
        return new Named(name, value);
    }

    /** @param operator with what it belongs to */
    static Expression call(String operator, Expression... operands) {
        return new Call(operator, List.of(operands));
    }

    /** One of PyTorch's operators. */
    public static Expression torch(String operator, Expression... operands) {
        return call("torch." + operator, operands);
    }

    /** Another method of the program. */
    public static Expression self(String method, Expression... operands) {
        return call("self." + method, operands);
    }

    /** Another method of the program. */
    public static Expression self(String method, List<? extends Expression> operands) {
        return new Call("self." + method, List.copyOf(operands));
    }

    public static Expression add(Expression a, Expression b) {
        return torch("add", a, b);
    }

    public static Expression sub(Expression a, Expression b) {
        return torch("sub", a, b);
    }

    public static Expression mul(Expression a, Expression b) {
        return torch("mul", a, b);
    }

    public static Expression div(Expression a, Expression b) {
        return torch("div", a, b);
    }

    public static Expression sqrt(Expression x) {
        return torch("sqrt", x);
    }

    /** {@code 1 - x}. */
    public static Expression oneMinus(Expression x) {
        return torch("rsub", x, number("1."));
    }

    public static Expression sum(Expression x) {
        return torch("sum", x);
    }

    public static Expression mean(Expression x, int... axes) {
        return axes.length == 0 ? torch("mean", x) : torch("mean", x, numbers(axes));
    }

    public static Expression cat(int axis, Expression... parts) {
        return torch("cat", list(parts), number(axis));
    }

    /** Vectors one after the other. */
    public static Expression cat(List<? extends Expression> vectors) {
        return torch("cat", list(vectors));
    }

    public static Expression slice(Expression x, int axis, int start, int end) {
        return torch("slice", x, number(axis), number(start), number(end), number(1));
    }

    /** Row {@code row} of a matrix. */
    public static Expression row(Expression matrix, int row) {
        return torch("select", matrix, number(0), number(row));
    }

    static Expression size(Expression x, int axis) {
        return call(Call.SIZE, x, number(axis));
    }

    static Expression size(Expression x) {
        return call(Call.SIZE, x);
    }

    /** @param shape one side may be -1, for what is left */
    public static Expression reshape(Expression x, int... shape) {
        return torch("reshape", x, numbers(shape));
    }

    static Expression transpose(Expression x, int axis, int other) {
        return torch("transpose", x, number(axis), number(other));
    }

    /** The transposed matrix. */
    static Expression transposed(Expression matrix) {
        return torch("t", matrix);
    }

    /** {@code x W^T + b}; no bias where it is null. */
    static Expression linear(Expression x, Expression weight, @Nullable Expression bias) {
        return torch("linear", x, weight, orNone(bias));
    }

    static Expression conv2d(Expression x, Expression weight, @Nullable Expression bias, int stride, int padding) {
        return torch(
                "conv2d",
                x,
                weight,
                orNone(bias),
                numbers(stride, stride),
                numbers(padding, padding),
                numbers(1, 1),
                number(1));
    }

    static Expression orNone(@Nullable Expression operand) {
        return operand == null ? NONE : operand;
    }

    public static Expression cast(Expression x, ComputeType type) {
        return cast(x, type, false);
    }

    /** @param copy even where x is of that type already */
    static Expression cast(Expression x, ComputeType type, boolean copy) {
        return torch("to", x, number(type.torchCode()), FALSE, flag(copy), NONE);
    }

    public static Expression detach(Expression x) {
        return torch("detach", x);
    }

    /** The numbers of x as something that a gradient can be asked of. */
    public static Expression leaf(Expression x) {
        return torch("requires_grad_", detach(x), TRUE);
    }

    /** The gradients of one number as a list; {@link #unwrapped} takes one of them out. */
    public static Expression gradients(Expression loss, Expression... of) {
        return torch("grad", list(loss), list(of), NONE, NONE, FALSE, FALSE);
    }

    public static Expression unwrapped(Expression list, int index) {
        return torch("_unwrap_optional", element(list, index));
    }
}
