package athanor.diffusion.program;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A TorchScript program while its methods are written: their text, and the parameters that they read.
 *
 * <p>Methods read frozen or unpacked weights from a list {@code P} and LoRA factors from a list {@code L}; {@link #weights()}
 * and {@link #loras()} say what stands where.
 */
public final class EmittedProgram {

    private final ComputeType computeType;
    private final String device;
    private final FrozenWeights frozen = new FrozenWeights();
    private final ParameterTable loras = new ParameterTable();
    private final Set<Integer> reached = new HashSet<>();
    private final Names names = new Names();
    private final StringBuilder methods = new StringBuilder();

    /** @param device as PyTorch writes it, {@code cpu} or {@code cuda:0} */
    public EmittedProgram(ComputeType computeType, String device) {
        this.computeType = computeType;
        this.device = device;
    }

    public ParameterTable weights() {
        return frozen.table();
    }

    /** A at {@code <layer>.lora_down.weight}, B at {@code <layer>.lora_up.weight}; a rank of 0 stands for an open one. */
    public ParameterTable loras() {
        return loras;
    }

    /** Positions of the LoRA factors that the result of some method depends on: only these ever get a gradient. */
    public Set<Integer> reachedFactors() {
        return Set.copyOf(reached);
    }

    /** All methods so far. */
    public String text() {
        return methods.toString();
    }

    /**
     * Lets frozen layers be computed otherwise where that saves time: 3x3 convolutions by fewer products ({@link TransformedKernel}),
     * linear layers by another library ({@link FrozenProduct}). On a CPU, where products of single numbers are what a layer waits
     * for, and in float32, where they keep their meaning.
     */
    public void computeFrozenLayersOtherwise() {
        computeFrozenLayersOtherwise(Processor.multipliesAtHalfSpeed());
    }

    /** @param productsAreSlow see {@link Processor#multipliesAtHalfSpeed} */
    void computeFrozenLayersOtherwise(boolean productsAreSlow) {
        if (computeType == ComputeType.FLOAT32 && device.equals("cpu")) {
            frozen.computeOtherwise(productsAreSlow);
        }
    }

    /** From here on the layers' weights in {@code P} lie like this. */
    public void packing(WeightPacking how) {
        frozen.packing(how);
    }

    /**
     * Begins a method that networks are written into.
     *
     * @param networkPrefix put in front of every parameter name, {@code unet/}
     * @param plan the detours of this method
     */
    public Emitter begin(Signature signature, String networkPrefix, LoraPlan plan) {
        Method method = new Method(signature, names);
        WeightedLayers layers = new WeightedLayers(method, frozen, loras, plan, networkPrefix);
        return new Emitter(method, layers, computeType, device);
    }

    public void add(Definition method) {
        methods.append(method);
        reached.addAll(method.factors());
    }

    /** Adds the pieces that a method was cut into. */
    public void add(Recomputation method) {
        method.definitions().forEach(this::add);
    }

    /** Adds methods that were written by hand. */
    public void add(String definitions) {
        methods.append(definitions);
    }

    /** {@code unpack(flat) -> List[Tensor]}: views of one flat vector. The gradient of a split is one flat vector again. */
    public void unpackMethod(ParameterTable table) {
        String sizes = table.names().stream()
                .map(name -> String.valueOf(table.elements(name)))
                .collect(Collectors.joining(", "));
        String views = IntStream.range(0, table.size())
                .mapToObj(i -> "torch.view(s[%d], %s)"
                        .formatted(i, Arrays.toString(table.shape(table.names().get(i)))))
                .collect(Collectors.joining(", "));
        add("  def unpack(self: __torch__.Program, flat: Tensor) -> List[Tensor]:\n"
                + "    s = torch.split_with_sizes(flat, [" + sizes + "])\n"
                + "    return [" + views + "]\n");
    }

    /**
     * {@code add_weight(w)}: appends a copy, in the compute type, to the list that {@code self.weights} is, and gives the sum of
     * w, which is no number where one of w is none. Comes after all methods that read weights.
     */
    public void weightMethod() {
        add(frozen.method(computeType));
    }

    /**
     * {@code clear_loras(like)} fills {@code self.loras} with empty factors, {@code set_lora(down, up, slot)} puts a copy of
     * both factors of one layer there; a layer whose factors are empty takes no detour.
     */
    public void loraMethods() {
        add("  def clear_loras(self: __torch__.Program, like: Tensor) -> Tensor:\n"
                + "    _0 = torch.clear(self.loras)\n"
                + "    for i in range(" + loras.size() + "):\n"
                + "      _1 = torch.append(self.loras, torch.slice(like, 0, 0, 0, 1))\n"
                + "    return like\n"
                + "  def set_lora(self: __torch__.Program, down: Tensor, up: Tensor, slot: Tensor) -> Tensor:\n"
                + "    i = int(slot)\n"
                + "    _0 = torch._set_item(self.loras, i, " + copied("down") + ")\n"
                + "    _1 = torch._set_item(self.loras, torch.add(i, 1), " + copied("up") + ")\n"
                + "    return slot\n");
    }

    private Expression copied(String tensor) {
        return Torch.cast(Torch.variable(tensor), computeType, true);
    }

    /** What methods with packed weights call. */
    public void packingMethods() {
        add(WeightPacking.METHODS);
    }

    /** What methods with {@link LoraPlan#dropout} call. */
    public void dropoutMethods(LoraDropout dropout) {
        add(dropout.methods(computeType, device));
    }

    /** The value in the type that the networks compute in. */
    public Expression narrow(Expression value) {
        return Torch.cast(value, computeType);
    }
}
