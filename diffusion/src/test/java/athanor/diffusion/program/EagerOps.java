package athanor.diffusion.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a definition operator by operator, each from its formula and DJL's elementary operations: slow, and independent of
 * what the emitter prints. Computes in float32.
 */
final class EagerOps implements Ops<NDArray> {

    private final Map<String, NDArray> weights;

    EagerOps(Map<String, NDArray> weights) {
        this.weights = weights;
    }

    @Override
    public NDArray parameter(String name, int... shape) {
        NDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("no weight " + name);
        }
        return weight;
    }

    @Override
    public NDArray conv2d(NDArray x, String layer, int in, int out, int kernel, int stride, int padding) {
        return Conv2d.conv2d(
                        x,
                        parameter(layer + ".weight"),
                        parameter(layer + ".bias"),
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        new Shape(1, 1))
                .singletonOrThrow();
    }

    @Override
    public NDArray upsampledConv2d(NDArray x, @Nullable NDArray like, String layer, int in, int out) {
        return conv2d(like == null ? twice(x) : upsampleNearestLike(x, like), layer, in, out, 3, 1, 1);
    }

    @Override
    public NDArray linear(NDArray x, String layer, int in, int out, boolean bias) {
        NDArray product = x.matMul(parameter(layer + ".weight").transpose());
        return bias ? product.add(parameter(layer + ".bias")) : product;
    }

    @Override
    public NDArray groupNorm(NDArray x, String layer, int channels, int groups, double eps) {
        long batch = x.getShape().get(0);
        NDArray grouped = x.reshape(batch, groups, -1);
        NDArray normed = standardised(grouped, eps).reshape(x.getShape());
        Shape perChannel = new Shape(1, channels, 1, 1);
        return normed.mul(parameter(layer + ".weight").reshape(perChannel))
                .add(parameter(layer + ".bias").reshape(perChannel));
    }

    @Override
    public NDArray layerNorm(NDArray x, String layer, int channels, double eps) {
        return standardised(x, eps).mul(parameter(layer + ".weight")).add(parameter(layer + ".bias"));
    }

    private static NDArray standardised(NDArray x, double eps) {
        NDArray centred = x.sub(x.mean(new int[] {-1}, true));
        NDArray variance = centred.square().mean(new int[] {-1}, true);
        return centred.div(variance.add(eps).sqrt());
    }

    @Override
    public NDArray embedding(NDArray ids, String layer, int rows, int dim) {
        return parameter(layer + ".weight")
                .get(ids.flatten())
                .reshape(ids.getShape().add(dim));
    }

    private static NDArray sigmoid(NDArray x) {
        return x.neg().exp().add(1).pow(-1);
    }

    @Override
    public NDArray silu(NDArray x) {
        return x.mul(sigmoid(x));
    }

    @Override
    public NDArray gelu(NDArray x) {
        return x.mul(x.div((float) Math.sqrt(2)).erf().add(1)).mul(0.5f);
    }

    @Override
    public NDArray geluTanh(NDArray x) {
        NDArray inner = x.pow(3).mul(0.044715f).add(x).mul((float) Math.sqrt(2 / Math.PI));
        return x.mul(inner.tanh().add(1)).mul(0.5f);
    }

    @Override
    public NDArray quickGelu(NDArray x) {
        return x.mul(sigmoid(x.mul(1.702f)));
    }

    @Override
    public NDArray relu(NDArray x) {
        return x.maximum(0);
    }

    @Override
    public NDArray mish(NDArray x) {
        return x.mul(x.exp().add(1).log().tanh());
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
        return a.add(b);
    }

    @Override
    public NDArray mul(NDArray a, NDArray b) {
        return a.mul(b);
    }

    @Override
    public NDArray affine(NDArray a, double factor, double shift) {
        return a.mul(factor).add(shift);
    }

    @Override
    public NDArray concatChannels(NDArray a, NDArray b) {
        return a.concat(b, 1);
    }

    @Override
    public NDArray concatLast(NDArray a, NDArray b) {
        return a.concat(b, -1);
    }

    @Override
    public NDArray sliceLast(NDArray x, int start, int end) {
        return x.get(new NDIndex("...," + start + ":" + end));
    }

    @Override
    public NDArray firstRows(NDArray table, NDArray like) {
        return table.get(new NDIndex(":" + like.getShape().get(1))).expandDims(0);
    }

    @Override
    public NDArray sliceChannels(NDArray x, int start, int end) {
        return x.get(new NDIndex(":," + start + ":" + end));
    }

    @Override
    public NDArray upsampleNearestLike(NDArray x, NDArray like) {
        return twice(x).get(new NDIndex(
                ":,:,:" + like.getShape().get(2) + ",:" + like.getShape().get(3)));
    }

    private static NDArray twice(NDArray x) {
        return x.repeat(2, 2).repeat(3, 2);
    }

    @Override
    public NDArray padRightBottom(NDArray x) {
        Shape s = x.getShape();
        NDArray column = x.getManager().zeros(new Shape(s.get(0), s.get(1), s.get(2), 1));
        NDArray row = x.getManager().zeros(new Shape(s.get(0), s.get(1), 1, s.get(3) + 1));
        return x.concat(column, 3).concat(row, 2);
    }

    @Override
    public NDArray scaledDotProductAttention(
            NDArray query, NDArray key, NDArray value, int heads, boolean causal, boolean upcast) {
        NDArray q = heads(query, heads);
        NDArray scores = q.matMul(heads(key, heads).swapAxes(2, 3))
                .div(Math.sqrt(q.getShape().get(3)));
        if (causal) {
            long length = query.getShape().get(1);
            float[] mask = new float[(int) (length * length)];
            for (int row = 0; row < length; row++) {
                for (int column = row + 1; column < length; column++) {
                    mask[(int) (row * length) + column] = -1e30f;
                }
            }
            scores = scores.add(query.getManager().create(mask, new Shape(1, 1, length, length)));
        }
        NDArray attended = scores.softmax(-1).matMul(heads(value, heads)).swapAxes(1, 2);
        return attended.reshape(query.getShape());
    }

    private static NDArray heads(NDArray x, int heads) {
        Shape s = x.getShape();
        return x.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).swapAxes(1, 2);
    }

    @Override
    public NDArray toSequence(NDArray image) {
        Shape s = image.getShape();
        return image.reshape(s.get(0), s.get(1), s.get(2) * s.get(3)).swapAxes(1, 2);
    }

    @Override
    public NDArray toImage(NDArray sequence, NDArray like) {
        Shape shape = like.getShape();
        return sequence.swapAxes(1, 2).reshape(shape.get(0), -1, shape.get(2), shape.get(3));
    }

    @Override
    public NDArray broadcastOverPixels(NDArray x) {
        return x.expandDims(-1).expandDims(-1);
    }

    @Override
    public NDArray flattenFromOne(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    @Override
    public NDArray timestepEmbedding(NDArray numbers, int dim, boolean flipSinToCos, double frequencyShift) {
        int half = dim / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) Math.exp(-Math.log(10000) * i / (half - frequencyShift));
        }
        NDArray angles = numbers.toType(DataType.FLOAT32, false)
                .expandDims(-1)
                .mul(numbers.getManager().create(frequencies));
        NDList parts = flipSinToCos ? new NDList(angles.cos(), angles.sin()) : new NDList(angles.sin(), angles.cos());
        return parts.get(0).concat(parts.get(1), -1);
    }

    @Override
    public NDArray rowAt(NDArray sequence, NDArray position) {
        NDList rows = new NDList();
        long[] at = position.toLongArray();
        for (int b = 0; b < at.length; b++) {
            rows.add(sequence.get(b, at[b]).expandDims(0));
        }
        return rows.stream().reduce((a, b) -> a.concat(b, 0)).orElseThrow();
    }

    @Override
    public NDArray positionOfLargest(NDArray ids) {
        return ids.argMax(-1);
    }

    @Override
    public NDArray positionOfFirst(NDArray ids, int id) {
        return ids.eq(id).toType(DataType.INT32, false).argMax(-1);
    }

    @Override
    public NDArray toComputeType(NDArray x) {
        return x;
    }
}
