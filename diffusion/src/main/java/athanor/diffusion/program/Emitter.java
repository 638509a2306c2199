package athanor.diffusion.program;

import static athanor.diffusion.program.Torch.cast;
import static athanor.diffusion.program.Torch.cat;
import static athanor.diffusion.program.Torch.div;
import static athanor.diffusion.program.Torch.flag;
import static athanor.diffusion.program.Torch.list;
import static athanor.diffusion.program.Torch.named;
import static athanor.diffusion.program.Torch.number;
import static athanor.diffusion.program.Torch.numbers;
import static athanor.diffusion.program.Torch.size;
import static athanor.diffusion.program.Torch.slice;
import static athanor.diffusion.program.Torch.torch;
import static athanor.diffusion.program.Torch.transpose;

import athanor.diffusion.program.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes networks into a method of an {@link EmittedProgram}: a statement for each operator, no control flow. */
public final class Emitter implements Ops<Expression> {

    private final Method method;
    private final WeightedLayers layers;
    private final ComputeType computeType;
    private final String device;
    private final List<Integer> cuts = new ArrayList<>();

    Emitter(Method method, WeightedLayers layers, ComputeType computeType, String device) {
        this.method = method;
        this.layers = layers;
        this.computeType = computeType;
        this.device = device;
    }

    /** Goes on with another network inside the same method. */
    public void network(String networkPrefix) {
        layers.network(networkPrefix);
    }

    /** See {@link Method#repeatRows}. */
    public void repeatRows(List<Variable> latents, List<Variable> texts) {
        method.repeatRows(latents, texts);
    }

    /** A new variable that holds the value. */
    public Variable let(Expression value) {
        return method.let(value);
    }

    public Definition returning(Expression result) {
        return method.returning(result);
    }

    /** Ends a method that no gradient is ever asked of. */
    public Definition returningWithoutGradient(Expression result) {
        List<Statement> inPlace = Overwriting.in(method.statements(), result);
        return new Definition(method.signature(), inPlace, result, Set.of());
    }

    /**
     * Ends a method as pieces, cut after every {@link #segment}.
     *
     * @param activeArguments those that the gradient of something depends on
     */
    public Recomputation returningInPieces(Set<Variable> activeArguments, List<? extends Expression> results) {
        return new Recomputation(
                method,
                cuts,
                activeArguments,
                results.stream().map(Variable.class::cast).toList());
    }

    @Override
    public Expression segment(String name, List<Expression> inputs, Function<List<Expression>, Expression> content) {
        Expression result = content.apply(inputs);
        cuts.add(method.length());
        layers.cut();
        return result;
    }

    @Override
    public Expression parameter(String name, int... shape) {
        return layers.parameter(name, shape);
    }

    @Override
    public Expression conv2d(Expression x, String layer, int in, int out, int kernel, int stride, int padding) {
        return layers.conv2d(x, layer, in, out, kernel, stride, padding);
    }

    @Override
    public Expression upsampledConv2d(Expression x, @Nullable Expression like, String layer, int in, int out) {
        return layers.upsampledConv2d(x, like, layer, in, out);
    }

    @Override
    public Expression linear(Expression x, String layer, int in, int out, boolean bias) {
        return layers.linear(x, layer, in, out, bias);
    }

    @Override
    public Expression groupNorm(Expression x, String layer, int channels, int groups, double eps) {
        Expression weight = parameter(layer + ".weight", channels);
        Expression bias = parameter(layer + ".bias", channels);
        return let(Torch.call(layers.groupNorm(), x, number(groups), weight, bias, number(eps)));
    }

    @Override
    public Expression layerNorm(Expression x, String layer, int channels, double eps) {
        Expression weight = parameter(layer + ".weight", channels);
        Expression bias = parameter(layer + ".bias", channels);
        return let(torch("layer_norm", x, numbers(channels), weight, bias, number(eps)));
    }

    @Override
    public Expression embedding(Expression ids, String layer, int rows, int dim) {
        return let(torch("embedding", parameter(layer + ".weight", rows, dim), ids));
    }

    @Override
    public Expression silu(Expression x) {
        return let(torch("silu", x));
    }

    @Override
    public Expression gelu(Expression x) {
        return let(torch("gelu", x));
    }

    @Override
    public Expression geluTanh(Expression x) {
        Expression cubic = let(Torch.add(x, Torch.mul(torch("pow", x, number(3)), number(0.044715))));
        Expression gate = Torch.add(torch("tanh", Torch.mul(cubic, number(Math.sqrt(2 / Math.PI)))), number(1));
        return let(Torch.mul(Torch.mul(x, number(0.5)), gate));
    }

    @Override
    public Expression quickGelu(Expression x) {
        return let(Torch.mul(x, torch("sigmoid", Torch.mul(x, number(1.702)))));
    }

    @Override
    public Expression relu(Expression x) {
        return let(torch("relu", x));
    }

    @Override
    public Expression mish(Expression x) {
        return let(torch("mish", x));
    }

    @Override
    public Expression add(Expression a, Expression b) {
        return let(Torch.add(a, b));
    }

    @Override
    public Expression mul(Expression a, Expression b) {
        return let(Torch.mul(a, b));
    }

    @Override
    public Expression affine(Expression a, double factor, double shift) {
        return let(Torch.add(Torch.mul(a, number(factor)), number(shift)));
    }

    @Override
    public Expression concatChannels(Expression a, Expression b) {
        return let(cat(1, a, b));
    }

    @Override
    public Expression concatLast(Expression a, Expression b) {
        return let(cat(-1, a, b));
    }

    @Override
    public Expression sliceLast(Expression x, int start, int end) {
        return let(slice(x, -1, start, end));
    }

    @Override
    public Expression sliceChannels(Expression x, int start, int end) {
        return let(slice(x, 1, start, end));
    }

    @Override
    public Expression firstRows(Expression table, Expression like) {
        Expression rows = torch("slice", table, number(0), number(0), size(like, 1), number(1));
        return let(torch("unsqueeze", rows, number(0)));
    }

    @Override
    public Expression upsampleNearestLike(Expression x, Expression like) {
        return let(TransformedKernel.enlarged(x, size(like, 2), size(like, 3)));
    }

    @Override
    public Expression padRightBottom(Expression x) {
        return let(torch("constant_pad_nd", x, numbers(0, 1, 0, 1), number(0)));
    }

    @Override
    public Expression scaledDotProductAttention(
            Expression query, Expression key, Expression value, int heads, boolean causal, boolean upcast) {
        boolean widen = upcast && computeType != ComputeType.FLOAT32;
        Expression attended = let(torch(
                "scaled_dot_product_attention",
                heads(query, heads, widen),
                heads(key, heads, widen),
                heads(value, heads, widen),
                Torch.NONE,
                number("0."),
                flag(causal)));
        // (B, N, heads, C/heads) -> (B, N, C)
        Expression joined = let(torch("flatten", transpose(attended, 1, 2), number(2), number(3)));
        return widen ? let(cast(joined, computeType)) : joined;
    }

    private static Expression heads(Expression x, int heads, boolean widen) {
        Expression unflattened = torch("unflatten", x, number(2), numbers(heads, -1));
        Expression split = transpose(unflattened, 1, 2); // (B, heads, N, C/heads)
        return widen ? cast(split, ComputeType.FLOAT32) : split;
    }

    @Override
    public Expression toSequence(Expression image) {
        return let(transpose(torch("flatten", image, number(2), number(3)), 1, 2));
    }

    @Override
    public Expression toImage(Expression sequence, Expression like) {
        Expression shape = list(size(like, 0), number(-1), size(like, 2), size(like, 3));
        return let(torch("reshape", transpose(sequence, 1, 2), shape));
    }

    @Override
    public Expression broadcastOverPixels(Expression x) {
        return let(torch("unsqueeze", torch("unsqueeze", x, number(-1)), number(-1)));
    }

    @Override
    public Expression flattenFromOne(Expression x) {
        return let(torch("flatten", x, number(1), number(-1)));
    }

    @Override
    public Expression timestepEmbedding(Expression numbers, int dim, boolean flipSinToCos, double frequencyShift) {
        int half = dim / 2;
        Expression row = let(torch(
                "arange",
                number(half),
                named("dtype", number(ComputeType.FLOAT32.torchCode())),
                named("layout", Torch.NONE),
                named("device", torch("device", Torch.quoted(device))),
                named("pin_memory", Torch.FALSE)));
        Expression exponents = div(Torch.mul(row, number(-Math.log(10000))), number(half - frequencyShift));
        Expression frequencies = let(torch("exp", exponents));
        Expression column = torch("unsqueeze", cast(numbers, ComputeType.FLOAT32), number(-1));
        Expression angles = let(Torch.mul(column, frequencies));
        Expression sine = torch("sin", angles);
        Expression cosine = torch("cos", angles);
        return let(flipSinToCos ? cat(-1, cosine, sine) : cat(-1, sine, cosine));
    }

    @Override
    public Expression rowAt(Expression sequence, Expression position) {
        Expression columns = list(number(-1), number(1), size(sequence, 2));
        Expression index = let(torch("expand", torch("view", position, numbers(-1, 1, 1)), columns));
        return let(torch("squeeze", torch("gather", sequence, number(1), index), number(1)));
    }

    @Override
    public Expression positionOfLargest(Expression ids) {
        return let(torch("argmax", ids, number(-1)));
    }

    @Override
    public Expression positionOfFirst(Expression ids, int id) {
        Expression isId = torch("to", torch("eq", ids, number(id)), number(3), Torch.FALSE, Torch.FALSE, Torch.NONE);
        return let(torch("argmax", isId, number(-1)));
    }

    @Override
    public Expression toComputeType(Expression x) {
        return let(cast(x, computeType));
    }
}
