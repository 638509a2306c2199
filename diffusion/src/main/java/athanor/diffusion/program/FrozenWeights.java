package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.Expression.Weight;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a program's frozen weights are: which there are, how they lie, and what their layers are computed with. */
final class FrozenWeights {

    private final ParameterTable table = new ParameterTable();

    /** Positions of weights that are not as in the checkpoint. */
    private final Map<Integer, TransformedKernel> transformed = new TreeMap<>();

    private WeightPacking packing = WeightPacking.PLAIN;
    private boolean transformsKernels;
    private boolean multipliesByConvolution;

    ParameterTable table() {
        return table;
    }

    WeightPacking packing() {
        return packing;
    }

    void packing(WeightPacking how) {
        packing = how;
    }

    /** See {@link EmittedProgram#computeFrozenLayersOtherwise}. */
    void computeOtherwise(boolean productsAreSlow) {
        transformsKernels = true;
        multipliesByConvolution = productsAreSlow;
    }

    boolean transformsKernels() {
        return transformsKernels;
    }

    boolean multipliesByConvolution() {
        return multipliesByConvolution;
    }

    void transform(Weight weight, TransformedKernel kernel) {
        transformed.put(weight.position(), kernel);
    }

    /** See {@link EmittedProgram#weightMethod}. */
    String method(ComputeType type) {
        Variable w = Torch.variable("w");
        StringBuilder methods = new StringBuilder(multipliesByConvolution ? FrozenProduct.METHOD : "");
        StringBuilder kept = new StringBuilder("    k = " + Torch.cast(w, type, true) + "\n");
        Set<TransformedKernel> kernels = EnumSet.noneOf(TransformedKernel.class);
        kernels.addAll(transformed.values());
        for (TransformedKernel kernel : kernels) {
            methods.append(kernel.methods());
            List<Integer> positions = transformed.keySet().stream()
                    .filter(position -> transformed.get(position) == kernel)
                    .toList();
            kept.append("    if torch.__contains__(%s, torch.len(self.weights)):\n".formatted(positions))
                    .append("      k = ")
                    .append(kernel.of(w))
                    .append('\n');
        }
        return methods + "  def add_weight(self: __torch__.Program, w: Tensor) -> Tensor:\n" + kept
                + "    _0 = torch.append(self.weights, k)\n"
                + "    return torch.sum(w)\n";
    }
}
