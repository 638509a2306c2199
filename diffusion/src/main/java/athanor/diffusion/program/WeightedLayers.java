package athanor.diffusion.program;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and linear layers: their weights in {@code P}, plain or packed, and the LoRA's detours around them with the
 * factors in {@code L}.
 */
final class WeightedLayers {

    /** The operator after a packed layer that would run with it. */
    private static final String NOTHING_FUSED = "\"none\", annotate(List[Optional[number]], []), \"\"";

    private final Emitter text;
    private final ParameterTable weights = new ParameterTable();
    private final ParameterTable loras = new ParameterTable();

    /** Matrices that values of more axes were laid out as, in the present piece. */
    private final Map<String, String> rowsOf = new HashMap<>();

    private LoraPlan lora = LoraPlan.NONE;
    private String network = "";
    private WeightPacking packing = WeightPacking.PLAIN;

    /** Positions of weights that are not as in the checkpoint. */
    private final Map<Integer, TransformedKernel> transformed = new TreeMap<>();

    private boolean transformsKernels;
    private boolean multipliesByConvolution;

    WeightedLayers(Emitter text) {
        this.text = text;
    }

    ParameterTable weights() {
        return weights;
    }

    ParameterTable loras() {
        return loras;
    }

    void begin(String networkPrefix, LoraPlan plan) {
        network = networkPrefix;
        lora = plan;
        rowsOf.clear();
    }

    void network(String networkPrefix) {
        network = networkPrefix;
    }

    /** See {@link Emitter#computeFrozenLayersOtherwise}. */
    void computeOtherwise(boolean productsAreSlow) {
        transformsKernels = true;
        multipliesByConvolution = productsAreSlow;
    }

    void packing(WeightPacking how) {
        packing = how;
    }

    /** What follows may be run by itself and must not read variables that it needs not. */
    void cut() {
        rowsOf.clear();
    }

    /** See {@link Emitter#loraMethods}. */
    String loraMethods(ComputeType type) {
        return "  def clear_loras(self: __torch__.Program, like: Tensor) -> Tensor:\n"
                + "    _0 = torch.clear(self.loras)\n"
                + "    for i in range(" + loras.size() + "):\n"
                + "      _1 = torch.append(self.loras, torch.slice(like, 0, 0, 0, 1))\n"
                + "    return like\n"
                + "  def set_lora(self: __torch__.Program, down: Tensor, up: Tensor, slot: Tensor) -> Tensor:\n"
                + "    i = int(slot)\n"
                + "    _0 = torch._set_item(self.loras, i, " + Emitter.cast("down", type, true) + ")\n"
                + "    _1 = torch._set_item(self.loras, torch.add(i, 1), " + Emitter.cast("up", type, true) + ")\n"
                + "    return slot\n";
    }

    /** See {@link Emitter#weightMethod}. */
    String weightMethod(ComputeType type) {
        StringBuilder methods = new StringBuilder(multipliesByConvolution ? FrozenProduct.METHOD : "");
        StringBuilder kept = new StringBuilder("    k = " + Emitter.cast("w", type, true) + "\n");
        Set<TransformedKernel> kernels = EnumSet.noneOf(TransformedKernel.class);
        kernels.addAll(transformed.values());
        for (TransformedKernel kernel : kernels) {
            methods.append(kernel.methods());
            List<Integer> positions = transformed.keySet().stream()
                    .filter(position -> transformed.get(position) == kernel)
                    .toList();
            kept.append("    if torch.__contains__(%s, torch.len(self.weights)):\n".formatted(positions))
                    .append("      k = ")
                    .append(kernel.of("w"))
                    .append('\n');
        }
        return methods + "  def add_weight(self: __torch__.Program, w: Tensor) -> Tensor:\n" + kept
                + "    _0 = torch.append(self.weights, k)\n"
                + "    return torch.sum(w)\n";
    }

    String parameter(String name, int... shape) {
        return "P[" + weights.position(network + name, shape) + "]";
    }

    private String loraFactor(String name, int... shape) {
        return "L[" + loras.position(network + name, shape) + "]";
    }

    String conv2d(String x, String layer, int in, int out, int kernel, int stride, int padding) {
        String weight = parameter(layer + ".weight", out, in, kernel, kernel);
        String bias = parameter(layer + ".bias", out);
        String straight;
        // Winograd's products are matrix products, and pay only where these are fast.
        boolean productsAreFast = transformsKernels && !multipliesByConvolution;
        if (productsAreFast && TransformedKernel.winogradSuits(in, out, kernel, stride, padding)) {
            straight = transformedConv2d(TransformedKernel.WINOGRAD, x, weight, bias, side(x, 2), side(x, 3));
        } else if (packing == WeightPacking.PLAIN) {
            straight = text.let("torch.conv2d(%s, %s, %s, %s)".formatted(x, weight, bias, geometry(stride, padding)));
        } else {
            straight = packedConv2d(x, weight, bias, stride, padding);
        }
        return adaptedConv2d(straight, x, layer, in, out, kernel, geometry(stride, padding));
    }

    /** @param like has the height and width to which x is enlarged first; null where they are twice its own */
    String upsampledConv2d(String x, @Nullable String like, String layer, int in, int out) {
        String height = like == null ? "torch.mul(%s, 2)".formatted(side(x, 2)) : side(like, 2);
        String width = like == null ? "torch.mul(%s, 2)".formatted(side(x, 3)) : side(like, 3);
        String enlarged = TransformedKernel.enlarged(x, height, width);
        if (!transformsKernels) {
            return conv2d(text.let(enlarged), layer, in, out, 3, 1, 1);
        }
        String weight = parameter(layer + ".weight", out, in, 3, 3);
        String bias = parameter(layer + ".bias", out);
        String straight = transformedConv2d(TransformedKernel.ENLARGED, x, weight, bias, height, width);
        return adaptedConv2d(straight, enlarged, layer, in, out, 3, geometry(1, 1));
    }

    private String transformedConv2d(
            TransformedKernel kernel, String x, String weight, String bias, String height, String width) {
        transformed.put(position(weight), kernel);
        return text.let(kernel.conv2d(x, weight, bias, height, width));
    }

    private static String side(String x, int axis) {
        return "torch.size(%s, %d)".formatted(x, axis);
    }

    private static String geometry(int stride, int padding) {
        return "[%d, %d], [%d, %d], [1, 1], 1".formatted(stride, stride, padding, padding);
    }

    private String adaptedConv2d(
            String straight, String x, String layer, int in, int out, int kernel, String geometry) {
        if (!lora.targets().test(network + layer)) {
            return straight;
        }
        String down = loraFactor(layer + ".lora_down.weight", lora.rank(), in, kernel, kernel);
        String up = loraFactor(layer + ".lora_up.weight", out, lora.rank(), 1, 1);
        String low = thinned("torch.conv2d(%s, %s, None, %s)".formatted(x, down, geometry), down);
        String detour = "torch.conv2d(%s, %s, None, [1, 1], [0, 0], [1, 1], 1)".formatted(low, up);
        return withDetour(straight, detour, down);
    }

    String linear(String x, String layer, int in, int out, boolean bias) {
        String weight = parameter(layer + ".weight", out, in);
        String shift = bias ? parameter(layer + ".bias", out) : "None";
        boolean adapted = lora.targets().test(network + layer);
        if (adapted
                && packing == WeightPacking.PLAIN
                && !lora.rankIsOpen()
                && lora.dropout().isOff()) {
            return adaptedLinearInRows(x, weight, shift, layer, in, out);
        }
        String straight = packing == WeightPacking.PLAIN
                ? text.let("torch.linear(%s, %s, %s)".formatted(x, weight, shift))
                : packedLinear(x, weight, shift);
        if (!adapted) {
            return straight;
        }
        String down = loraFactor(layer + ".lora_down.weight", lora.rank(), in);
        String up = loraFactor(layer + ".lora_up.weight", out, lora.rank());
        String low = thinned("torch.linear(%s, %s, None)".formatted(x, down), down);
        return withDetour(straight, "torch.linear(%s, %s, None)".formatted(low, up), down);
    }

    /**
     * Layer and detour as products of plain matrices, the last one added on the way. For the way back a product of more axes is
     * kept as a chain of views, and in a small network those cost as much as the products.
     */
    private String adaptedLinearInRows(String x, String weight, String shift, String layer, int in, int out) {
        String down = loraFactor(layer + ".lora_down.weight", lora.rank(), in);
        String up = loraFactor(layer + ".lora_up.weight", out, lora.rank());
        String rows = rowsOf.computeIfAbsent(x, all -> text.let("torch.reshape(%s, [-1, %d])".formatted(all, in)));
        String straight = text.let(
                multipliesByConvolution
                        ? FrozenProduct.of(rows, weight, shift)
                        : "torch.linear(%s, %s, %s)".formatted(rows, weight, shift));
        String low = text.let("torch.mm(%s, torch.t(%s))".formatted(rows, down));
        String sum = text.let(
                "torch.addmm(%s, %s, torch.t(%s), beta=1, alpha=%s)".formatted(straight, low, up, lora.scale()));
        return text.let(
                "torch.reshape(%s, torch.add(torch.slice(torch.size(%s), 0, -1, 1), [%d]))".formatted(sum, x, out));
    }

    /** The function that normalises what the present layers give. */
    String groupNorm() {
        return packing == WeightPacking.PLAIN ? "torch.group_norm" : "self.group_norm";
    }

    /** @param down as in {@code L[6]}; factors come in pairs, so half of that is a number of the layer */
    private String thinned(String low, String down) {
        return lora.dropout().isOff() ? low : "self.dropped(%s, seeds, %d)".formatted(low, position(down) / 2);
    }

    /** @param element as in {@code P[3]} */
    private static int position(String element) {
        return Integer.parseInt(element.substring("P[".length(), element.length() - 1));
    }

    private String packedConv2d(String x, String weight, String bias, int stride, int padding) {
        String geometry = "[%d, %d], [%d, %d], [1, 1], 1".formatted(padding, padding, stride, stride);
        if (packing == WeightPacking.PACK) {
            replace(
                    weight,
                    "ops.mkldnn._reorder_convolution_weight(torch.to_dense(%s), %s, torch.size(%s))"
                            .formatted(weight, geometry, x));
        }
        return text.let("ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, %s)"
                .formatted(x, weight, bias, geometry, NOTHING_FUSED));
    }

    private String packedLinear(String x, String weight, String bias) {
        if (packing == WeightPacking.PACK) {
            replace(weight, "ops.mkldnn._reorder_linear_weight(torch.to_dense(%s))".formatted(weight));
        }
        return text.let("ops.mkldnn._linear_pointwise(%s, %s, %s, %s)".formatted(x, weight, bias, NOTHING_FUSED));
    }

    /** @param parameter as in {@code P[3]} */
    private void replace(String parameter, String value) {
        text.line("%s = torch._set_item(P, %d, %s)".formatted(text.fresh("_"), position(parameter), value));
    }

    private String withDetour(String straight, String detour, String down) {
        if (!lora.rankIsOpen()) {
            return text.let("torch.add(%s, %s, alpha=%s)".formatted(straight, detour, lora.scale()));
        }
        // An open rank is for pictures, where nothing asks how the layer's own result came about.
        text.line("if torch.gt(torch.numel(%s), 0):".formatted(down));
        text.line("  %s = torch.add_(%s, %s, alpha=%s)".formatted(text.fresh("_"), straight, detour, lora.scale()));
        return straight;
    }
}
