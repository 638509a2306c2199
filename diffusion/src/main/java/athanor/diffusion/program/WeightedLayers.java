package athanor.diffusion.program;

import static athanor.diffusion.program.Torch.mul;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.size;

import athanor.diffusion.program.Expression.Factor;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Expression.Weight;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Convolutions and linear layers of one method: their weights, plain or otherwise, and the LoRA's detours around them. */
final class WeightedLayers {

    private final Method method;
    private final FrozenWeights frozen;
    private final ParameterTable loras;
    private final LoraPlan lora;
    private String network;

    /** Matrices that values of more axes were laid out as, in the present piece. */
    private final Map<Expression, Variable> rowsOf = new HashMap<>();

    WeightedLayers(Method method, FrozenWeights frozen, ParameterTable loras, LoraPlan lora, String network) {
        this.method = method;
        this.frozen = frozen;
        this.loras = loras;
        this.lora = lora;
        this.network = network;
    }

    void network(String networkPrefix) {
        network = networkPrefix;
    }

    /** What follows may be run by itself and must not read variables that it needs not. */
    void cut() {
        rowsOf.clear();
    }

    Weight parameter(String name, int... shape) {
        return new Weight(frozen.table().position(network + name, shape));
    }

    private Factor factor(String name, int... shape) {
        return new Factor(loras.position(network + name, shape));
    }

    private boolean isAdapted(String layer) {
        return lora.targets().test(network + layer);
    }

    Variable conv2d(Expression x, String layer, int in, int out, int kernel, int stride, int padding) {
        Weight weight = parameter(layer + ".weight", out, in, kernel, kernel);
        Weight bias = parameter(layer + ".bias", out);
        Variable straight;
        // Winograd's products are matrix products, and pay only where these are fast.
        boolean productsAreFast = frozen.transformsKernels() && !frozen.multipliesByConvolution();
        if (productsAreFast && TransformedKernel.winogradSuits(in, out, kernel, stride, padding)) {
            straight = transformedConv2d(TransformedKernel.WINOGRAD, x, weight, bias, size(x, 2), size(x, 3));
        } else {
            straight = frozen.packing().conv2d(method, x, weight, bias, stride, padding);
        }
        return adaptedConv2d(straight, x, layer, in, out, kernel, stride, padding);
    }

    /** @param like has the height and width to which x is enlarged first; null where they are twice its own */
    Variable upsampledConv2d(Expression x, @Nullable Expression like, String layer, int in, int out) {
        Expression height = like == null ? mul(size(x, 2), number(2)) : size(like, 2);
        Expression width = like == null ? mul(size(x, 3), number(2)) : size(like, 3);
        Expression enlarged = TransformedKernel.enlarged(x, height, width);
        if (!frozen.transformsKernels()) {
            return conv2d(method.let(enlarged), layer, in, out, 3, 1, 1);
        }
        Weight weight = parameter(layer + ".weight", out, in, 3, 3);
        Weight bias = parameter(layer + ".bias", out);
        Variable straight = transformedConv2d(TransformedKernel.ENLARGED, x, weight, bias, height, width);
        return adaptedConv2d(straight, enlarged, layer, in, out, 3, 1, 1);
    }

    private Variable transformedConv2d(
            TransformedKernel kernel, Expression x, Weight weight, Weight bias, Expression height, Expression width) {
        frozen.transform(weight, kernel);
        return method.let(kernel.conv2d(x, weight, bias, height, width));
    }

    private Variable adaptedConv2d(
            Variable straight, Expression x, String layer, int in, int out, int kernel, int stride, int padding) {
        if (!isAdapted(layer)) {
            return straight;
        }
        Factor down = factor(layer + ".lora_down.weight", lora.rank(), in, kernel, kernel);
        Factor up = factor(layer + ".lora_up.weight", out, lora.rank(), 1, 1);
        return new LoraDetour(lora, down, up)
                .around(
                        straight,
                        x,
                        whole -> Torch.conv2d(whole, down, null, stride, padding),
                        low -> Torch.conv2d(low, up, null, 1, 0),
                        method);
    }

    Variable linear(Expression x, String layer, int in, int out, boolean bias) {
        Weight weight = parameter(layer + ".weight", out, in);
        @Nullable Weight shift = bias ? parameter(layer + ".bias", out) : null;
        if (!isAdapted(layer)) {
            return frozen.packing().linear(method, x, weight, shift);
        }
        boolean inRows = frozen.packing() == WeightPacking.PLAIN
                && !lora.rankIsOpen()
                && lora.dropout().isOff();
        if (inRows) {
            return adaptedLinearInRows(x, weight, shift, layer, in, out);
        }
        Variable straight = frozen.packing().linear(method, x, weight, shift);
        LoraDetour detour = linearDetour(layer, in, out);
        return detour.around(
                straight,
                x,
                whole -> Torch.linear(whole, detour.down(), null),
                low -> Torch.linear(low, detour.up(), null),
                method);
    }

    private LoraDetour linearDetour(String layer, int in, int out) {
        Factor down = factor(layer + ".lora_down.weight", lora.rank(), in);
        Factor up = factor(layer + ".lora_up.weight", out, lora.rank());
        return new LoraDetour(lora, down, up);
    }

    /**
     * Layer and detour as products of plain matrices. For the way back a product of more axes is kept as a chain of views, and
     * in a small network those cost as much as the products.
     */
    private Variable adaptedLinearInRows(
            Expression x, Weight weight, @Nullable Weight bias, String layer, int in, int out) {
        LoraDetour detour = linearDetour(layer, in, out);
        Variable rows = rowsOf.computeIfAbsent(x, all -> method.let(Torch.reshape(all, -1, in)));
        Variable straight = method.let(
                frozen.multipliesByConvolution()
                        ? FrozenProduct.of(rows, weight, bias)
                        : Torch.linear(rows, weight, bias));
        Variable sum = detour.aroundRows(straight, rows, method);
        Expression sides = Torch.torch("slice", size(x), number(0), number(-1), number(1));
        return method.let(Torch.torch("reshape", sum, Torch.add(sides, Torch.numbers(out))));
    }

    /** The function that normalises what the present layers give. */
    String groupNorm() {
        return frozen.packing() == WeightPacking.PLAIN ? "torch.group_norm" : WeightPacking.GROUP_NORM;
    }
}
