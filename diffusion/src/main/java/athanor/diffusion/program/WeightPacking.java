package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Expression.Weight;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How frozen weights lie in memory. On a CPU libtorch rearranges the weights of a convolution or linear layer for its kernels in
 * every single call; where there are many channels and few pixels, that takes longer than the layer itself. Packed weights were
 * rearranged once. They can be used for inference only.
 */
public enum WeightPacking {
    /** As in the checkpoint. */
    PLAIN,
    /** Replaces each weight by a packed one on the way, for images of the size that comes along. */
    PACK,
    /** Takes weights that were packed before. */
    PACKED;

    /**
     * Packed convolutions give the channels of a pixel side by side, and libtorch normalises such a map pixel by pixel. That takes up to
     * ten times as long as channel by channel, copying included, and where the mean of a group is large beside its deviation it
     * loses three digits.
     */
    static final String METHODS = """
              def group_norm(self: __torch__.Program, x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
                return torch.group_norm(torch.contiguous(x), groups, weight, bias, eps)
            """.indent(0);

    /** The function that METHODS define. */
    static final String GROUP_NORM = "self.group_norm";

    /** Layers with packed weights. */
    private static final String CONVOLUTION = "ops.mkldnn._convolution_pointwise";

    private static final String LINEAR = "ops.mkldnn._linear_pointwise";

    /** No operator after a packed layer that would run with it. */
    private static final Expression NO_OPERATOR = Torch.quoted("none");

    private static final Expression NO_NUMBERS = Torch.typedList("Optional[number]", List.of());
    private static final Expression NO_ALGORITHM = Torch.quoted("");

    /** Operators whose results are the layers' own. */
    static Stream<String> packedLayers() {
        return Stream.of(CONVOLUTION, LINEAR);
    }

    Variable conv2d(Method method, Expression x, Weight weight, Weight bias, int stride, int padding) {
        if (this == PLAIN) {
            return method.let(Torch.conv2d(x, weight, bias, stride, padding));
        }
        Expression paddings = Torch.numbers(padding, padding);
        Expression strides = Torch.numbers(stride, stride);
        Expression dilations = Torch.numbers(1, 1);
        Expression groups = Torch.number(1);
        if (this == PACK) {
            Expression packed = Torch.call(
                    "ops.mkldnn._reorder_convolution_weight",
                    dense(weight),
                    paddings,
                    strides,
                    dilations,
                    groups,
                    Torch.size(x));
            replace(method, weight, packed);
        }
        return method.let(Torch.call(
                CONVOLUTION,
                x,
                weight,
                bias,
                paddings,
                strides,
                dilations,
                groups,
                NO_OPERATOR,
                NO_NUMBERS,
                NO_ALGORITHM));
    }

    Variable linear(Method method, Expression x, Weight weight, @Nullable Weight bias) {
        if (this == PLAIN) {
            return method.let(Torch.linear(x, weight, bias));
        }
        if (this == PACK) {
            replace(method, weight, Torch.call("ops.mkldnn._reorder_linear_weight", dense(weight)));
        }
        return method.let(Torch.call(LINEAR, x, weight, Torch.orNone(bias), NO_OPERATOR, NO_NUMBERS, NO_ALGORITHM));
    }

    private static Expression dense(Weight weight) {
        return Torch.torch("to_dense", weight);
    }

    private static void replace(Method method, Weight weight, Expression packed) {
        method.run(Torch.torch("_set_item", Torch.P, Torch.number(weight.position()), packed));
    }
}
