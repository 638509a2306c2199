package athanor.diffusion.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints a network as TorchScript: one line an operator, no control flow. A value is the name of a variable.
 *
 * <p>Methods read frozen or unpacked weights from a list {@code P} and LoRA factors from a list {@code L}; {@link #weights()}
 * and {@link #loras()} say what stands where.
 */
public final class Emitter implements Ops<String> {

    private final WeightedLayers layers;
    private final GuidanceRows rows = new GuidanceRows();
    private final StringBuilder program = new StringBuilder();
    private final ComputeType computeType;
    private final String device;
    private String method = "";
    private List<String> arguments = List.of();
    private StringBuilder body = new StringBuilder();
    private final List<Integer> cuts = new ArrayList<>();
    private final Set<Integer> reached = new HashSet<>();
    private int variables;
    private String textsPerLatent = "1";

    /** @param device as PyTorch writes it, {@code cpu} or {@code cuda:0} */
    public Emitter(ComputeType computeType, String device) {
        this.computeType = computeType;
        this.device = device;
        this.layers = new WeightedLayers(this);
    }

    public ParameterTable weights() {
        return layers.weights();
    }

    /** A at {@code <layer>.lora_down.weight}, B at {@code <layer>.lora_up.weight}; a rank of 0 stands for an open one. */
    public ParameterTable loras() {
        return layers.loras();
    }

    /** Positions of the LoRA factors that the result of some method depends on: only these ever get a gradient. */
    public Set<Integer> reachedFactors() {
        return Set.copyOf(reached);
    }

    /** All methods printed so far. */
    public String program() {
        return program.toString();
    }

    /**
     * Starts a method.
     *
     * @param networkPrefix put in front of every parameter name, {@code unet/}
     * @param plan the detours of this method
     * @param arguments as in {@code x: Tensor, ids: Tensor}
     */
    public Emitter begin(String method, String networkPrefix, LoraPlan plan, String arguments, String returns) {
        begin(method, networkPrefix, plan, List.of());
        body = new StringBuilder(
                "  def %s(self: __torch__.Program, %s) -> %s:\n".formatted(method, arguments, returns));
        return this;
    }

    /**
     * Starts a method that {@link #endInPieces} will end.
     *
     * @param arguments names of tensors, besides {@code P} and {@code L}
     */
    public void begin(String method, String networkPrefix, LoraPlan plan, List<String> arguments) {
        this.method = method;
        this.arguments = arguments;
        layers.begin(networkPrefix, plan);
        rows.clear();
        body = new StringBuilder();
        cuts.clear();
    }

    /**
     * Lets the method just begun be called with more texts than latents, as guidance does, and computes what depends on the latents
     * alone once: row i of the texts belongs to row i modulo B of the latents.
     *
     * @param latents arguments with B rows
     * @param texts arguments with B rows or a multiple of that
     */
    public void repeatRows(List<String> latents, List<String> texts) {
        textsPerLatent =
                let("torch.floordiv(torch.size(%s, 0), torch.size(%s, 0))".formatted(texts.get(0), latents.get(0)));
        rows.begin(latents, texts);
    }

    /** Goes on with another network inside the same method. */
    public void network(String networkPrefix) {
        layers.network(networkPrefix);
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
            layers.computeOtherwise(productsAreSlow);
        }
    }

    /** From here on the layers' weights in {@code P} lie like this. */
    public void packing(WeightPacking how) {
        layers.packing(how);
    }

    public void end(String result) {
        reached.addAll(Statement.factorsBefore(result, body.toString()));
        program.append(body).append("    return ").append(result).append('\n');
        body = new StringBuilder();
    }

    /** Ends a method that no gradient is ever asked of. */
    public void endWithoutGradient(String result) {
        program.append(Overwriting.in(body.toString(), result))
                .append("    return ")
                .append(result)
                .append('\n');
        body = new StringBuilder();
    }

    /**
     * Ends a method as pieces, cut after every {@link #segment}.
     *
     * @param activeArguments those that the gradient of something depends on
     */
    public Recomputation endInPieces(Set<String> activeArguments, List<String> results) {
        List<List<String>> pieces = new ArrayList<>();
        int from = 0;
        cuts.add(body.length());
        for (int cut : cuts) {
            pieces.add(body.substring(from, cut).lines().map(String::strip).toList());
            from = cut;
        }
        Recomputation cutUp = new Recomputation(method, pieces, arguments, activeArguments, results);
        program.append(cutUp.methods());
        reached.addAll(cutUp.factors());
        body = new StringBuilder();
        return cutUp;
    }

    @Override
    public String segment(String name, List<String> inputs, Function<List<String>, String> content) {
        String result = content.apply(inputs);
        cuts.add(body.length());
        layers.cut();
        return result;
    }

    /** Adds a method that was written by hand. */
    public void method(String definition) {
        program.append(definition);
    }

    /** A new variable that holds the expression's value. */
    public String let(String expression) {
        String variable = fresh("v");
        line(variable + " = " + expression);
        return variable;
    }

    /** A name that nothing has yet. */
    String fresh(String prefix) {
        return prefix + variables++;
    }

    public void line(String statement) {
        String aligned = rows.aligned(
                statement, latents -> let("torch.cat(torch.mul([%s], %s), 0)".formatted(latents, textsPerLatent)));
        body.append("    ").append(aligned).append('\n');
    }

    /** {@code unpack(flat) -> List[Tensor]}: views of one flat vector. The gradient of a split is one flat vector again. */
    public void unpackMethod(String method, ParameterTable table) {
        String sizes = table.names().stream()
                .map(name -> String.valueOf(table.elements(name)))
                .collect(Collectors.joining(", "));
        String views = IntStream.range(0, table.size())
                .mapToObj(i -> "torch.view(s[%d], %s)"
                        .formatted(i, Arrays.toString(table.shape(table.names().get(i)))))
                .collect(Collectors.joining(", "));
        method("  def %s(self: __torch__.Program, flat: Tensor) -> List[Tensor]:\n".formatted(method)
                + "    s = torch.split_with_sizes(flat, [" + sizes + "])\n"
                + "    return [" + views + "]\n");
    }

    /**
     * {@code add_weight(w)}: appends a copy, in the compute type, to the list that {@code self.weights} is, and gives the sum of
     * w, which is no number where one of w is none. Comes after all methods that read weights.
     */
    public void weightMethod() {
        method(layers.weightMethod(computeType));
    }

    /**
     * {@code clear_loras(like)} fills {@code self.loras} with empty factors, {@code set_lora(down, up, slot)} puts a copy of
     * both factors of one layer there; a layer whose factors are empty takes no detour.
     */
    public void loraMethods() {
        method(layers.loraMethods(computeType));
    }

    /** What methods with packed weights call. */
    public void packingMethods() {
        method(WeightPacking.METHODS);
    }

    /** What methods with {@link LoraPlan#dropout} call. */
    public void dropoutMethods(LoraDropout dropout) {
        method(dropout.methods(computeType, device));
    }

    public static String cast(String value, ComputeType type) {
        return cast(value, type, false);
    }

    /** An expression for a value in the type that the network computes in. */
    public String narrow(String value) {
        return cast(value, computeType);
    }

    static String cast(String value, ComputeType type, boolean copy) {
        return "torch.to(%s, %d, False, %s, None)".formatted(value, type.torchCode(), copy ? "True" : "False");
    }

    @Override
    public String parameter(String name, int... shape) {
        return layers.parameter(name, shape);
    }

    @Override
    public String conv2d(String x, String layer, int in, int out, int kernel, int stride, int padding) {
        return layers.conv2d(x, layer, in, out, kernel, stride, padding);
    }

    @Override
    public String upsampledConv2d(String x, @Nullable String like, String layer, int in, int out) {
        return layers.upsampledConv2d(x, like, layer, in, out);
    }

    @Override
    public String linear(String x, String layer, int in, int out, boolean bias) {
        return layers.linear(x, layer, in, out, bias);
    }

    @Override
    public String groupNorm(String x, String layer, int channels, int groups, double eps) {
        return let("%s(%s, %d, %s, %s, %s)"
                .formatted(
                        layers.groupNorm(),
                        x,
                        groups,
                        parameter(layer + ".weight", channels),
                        parameter(layer + ".bias", channels),
                        eps));
    }

    @Override
    public String layerNorm(String x, String layer, int channels, double eps) {
        return let("torch.layer_norm(%s, [%d], %s, %s, %s)"
                .formatted(
                        x,
                        channels,
                        parameter(layer + ".weight", channels),
                        parameter(layer + ".bias", channels),
                        eps));
    }

    @Override
    public String embedding(String ids, String layer, int rows, int dim) {
        return let("torch.embedding(%s, %s)".formatted(parameter(layer + ".weight", rows, dim), ids));
    }

    @Override
    public String silu(String x) {
        return let("torch.silu(" + x + ")");
    }

    @Override
    public String gelu(String x) {
        return let("torch.gelu(" + x + ")");
    }

    @Override
    public String geluTanh(String x) {
        String cubic = let("torch.add(%s, torch.mul(torch.pow(%s, 3), 0.044715))".formatted(x, x));
        String gate = "torch.add(torch.tanh(torch.mul(%s, %s)), 1)".formatted(cubic, Math.sqrt(2 / Math.PI));
        return let("torch.mul(torch.mul(%s, 0.5), %s)".formatted(x, gate));
    }

    @Override
    public String quickGelu(String x) {
        return let("torch.mul(%s, torch.sigmoid(torch.mul(%s, 1.702)))".formatted(x, x));
    }

    @Override
    public String relu(String x) {
        return let("torch.relu(" + x + ")");
    }

    @Override
    public String mish(String x) {
        return let("torch.mish(" + x + ")");
    }

    @Override
    public String add(String a, String b) {
        return let("torch.add(%s, %s)".formatted(a, b));
    }

    @Override
    public String mul(String a, String b) {
        return let("torch.mul(%s, %s)".formatted(a, b));
    }

    @Override
    public String affine(String a, double factor, double shift) {
        return let("torch.add(torch.mul(%s, %s), %s)".formatted(a, factor, shift));
    }

    @Override
    public String concatChannels(String a, String b) {
        return let("torch.cat([%s, %s], 1)".formatted(a, b));
    }

    @Override
    public String concatLast(String a, String b) {
        return let("torch.cat([%s, %s], -1)".formatted(a, b));
    }

    @Override
    public String sliceLast(String x, int start, int end) {
        return let("torch.slice(%s, -1, %d, %d, 1)".formatted(x, start, end));
    }

    @Override
    public String sliceChannels(String x, int start, int end) {
        return let("torch.slice(%s, 1, %d, %d, 1)".formatted(x, start, end));
    }

    @Override
    public String firstRows(String table, String like) {
        return let("torch.unsqueeze(torch.slice(%s, 0, 0, torch.size(%s, 1), 1), 0)".formatted(table, like));
    }

    @Override
    public String upsampleNearestLike(String x, String like) {
        return let(TransformedKernel.enlarged(
                x, "torch.size(%s, 2)".formatted(like), "torch.size(%s, 3)".formatted(like)));
    }

    @Override
    public String padRightBottom(String x) {
        return let("torch.constant_pad_nd(" + x + ", [0, 1, 0, 1], 0)");
    }

    @Override
    public String scaledDotProductAttention(
            String query, String key, String value, int heads, boolean causal, boolean upcast) {
        boolean widen = upcast && computeType != ComputeType.FLOAT32;
        String attended = let("torch.scaled_dot_product_attention(%s, %s, %s, None, 0., %s)"
                .formatted(
                        heads(query, heads, widen),
                        heads(key, heads, widen),
                        heads(value, heads, widen),
                        causal ? "True" : "False"));
        String joined = let(
                "torch.flatten(torch.transpose(" + attended + ", 1, 2), 2, 3)"); // (B, N, heads, C/heads) -> (B, N, C)
        return widen ? let(cast(joined, computeType)) : joined;
    }

    private static String heads(String x, int heads, boolean widen) {
        String split =
                "torch.transpose(torch.unflatten(%s, 2, [%d, -1]), 1, 2)".formatted(x, heads); // (B, heads, N, C/heads)
        return widen ? cast(split, ComputeType.FLOAT32) : split;
    }

    @Override
    public String toSequence(String image) {
        return let("torch.transpose(torch.flatten(" + image + ", 2, 3), 1, 2)");
    }

    @Override
    public String toImage(String sequence, String like) {
        return let(
                "torch.reshape(torch.transpose(%s, 1, 2), [torch.size(%s, 0), -1, torch.size(%s, 2), torch.size(%s, 3)])"
                        .formatted(sequence, like, like, like));
    }

    @Override
    public String broadcastOverPixels(String x) {
        return let("torch.unsqueeze(torch.unsqueeze(" + x + ", -1), -1)");
    }

    @Override
    public String flattenFromOne(String x) {
        return let("torch.flatten(" + x + ", 1, -1)");
    }

    @Override
    public String timestepEmbedding(String numbers, int dim, boolean flipSinToCos, double frequencyShift) {
        int half = dim / 2;
        String row = let("torch.arange(%d, dtype=6, layout=None, device=torch.device(\"%s\"), pin_memory=False)"
                .formatted(half, device));
        String frequencies = let(
                "torch.exp(torch.div(torch.mul(%s, %s), %s))".formatted(row, -Math.log(10000), half - frequencyShift));
        String angles = let(
                "torch.mul(torch.unsqueeze(%s, -1), %s)".formatted(cast(numbers, ComputeType.FLOAT32), frequencies));
        String sine = "torch.sin(" + angles + ")";
        String cosine = "torch.cos(" + angles + ")";
        return let("torch.cat([%s, %s], -1)".formatted(flipSinToCos ? cosine : sine, flipSinToCos ? sine : cosine));
    }

    @Override
    public String rowAt(String sequence, String position) {
        String index = let(
                "torch.expand(torch.view(%s, [-1, 1, 1]), [-1, 1, torch.size(%s, 2)])".formatted(position, sequence));
        return let("torch.squeeze(torch.gather(%s, 1, %s), 1)".formatted(sequence, index));
    }

    @Override
    public String positionOfLargest(String ids) {
        return let("torch.argmax(" + ids + ", -1)");
    }

    @Override
    public String positionOfFirst(String ids, int id) {
        return let("torch.argmax(torch.to(torch.eq(%s, %d), 3, False, False, None), -1)".formatted(ids, id));
    }

    @Override
    public String toComputeType(String x) {
        return let(cast(x, computeType));
    }
}
