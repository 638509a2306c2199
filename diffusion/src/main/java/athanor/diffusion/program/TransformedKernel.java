package athanor.diffusion.program;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Convolutions with 3x3 kernels that need fewer multiplications, because sums of neighbouring pixels are multiplied by sums of
 * the kernel's elements that were formed once. Both write the convolution as {@code Y = A ((G w G^T) * (B d B^T)) A^T} for two by
 * two pixels Y of the result, summed over the channels in between (Lavin and Gray 2016, equation 8). The kernel's part, (S S,
 * out, in), takes the weight's place.
 *
 * <p>Only frozen weights can be replaced so. The results differ from a plain convolution's by the rounding of float32.
 */
enum TransformedKernel {

    /** F(2x2, 3x3) of Winograd: 16 products of channels for 2x2 pixels instead of 36; d are 4x4 pixels. */
    WINOGRAD(
            new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
            new double[][] {{1, 0, 0, 0}, {0, 1, -1, 0}, {0, 0, 0, 1}},
            new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}}),

    /**
     * Enlargement by two to the nearest pixel, then the convolution: 9 products instead of 36; d are 3x3 pixels before the
     * enlargement. Of three neighbours after it two are the same pixel before it.
     */
    ENLARGED(
            new double[][] {{1, 0, 0}, {1, 1, 1}, {0, 0, 1}},
            new double[][] {{1, 0, 0}, {-1, 1, -1}, {0, 0, 1}},
            new double[][] {{1, 1, 0}, {0, 1, 1}});

    /** With fewer channels the products take less time than what surrounds them. */
    private static final int FEW_CHANNELS = 256;

    /** In Stable Diffusion such layers work on the smallest maps: there 16 / 9 of the kernel's memory buys little time. */
    private static final int MANY_CHANNELS = 1280;

    /** Numbers in B d B^T, up to which the memory is worth the time; the product with the kernel has about as many. */
    private static final int LARGE_MAP = 1 << 25;

    private final double[][] fromKernel;
    private final double[][] toKernel;
    private final double[][] toPixels;

    /**
     * @param fromKernel G
     * @param toKernel an inverse of G from the left
     * @param toPixels A
     */
    TransformedKernel(double[][] fromKernel, double[][] toKernel, double[][] toPixels) {
        this.fromKernel = fromKernel;
        this.toKernel = toKernel;
        this.toPixels = toPixels;
    }

    /** Whether {@link #WINOGRAD} makes a layer faster. */
    static boolean winogradSuits(int in, int out, int kernel, int stride, int padding) {
        return kernel == 3 && stride == 1 && padding == 1 && Math.min(in, out) >= FEW_CHANNELS && out < MANY_CHANNELS;
    }

    /** The kernel's part of a weight (out, in, 3, 3). */
    Expression of(Expression weight) {
        return Torch.self("kernel_" + suffix(), weight);
    }

    /**
     * The layer's result, (B, in, h, w) to (B, out, height, width).
     *
     * @param height as a number: of x itself, or what it is enlarged to
     */
    Expression conv2d(Expression x, Expression kernel, Expression bias, Expression height, Expression width) {
        return Torch.self(convolution(), x, kernel, bias, height, width);
    }

    /** The operators that {@link #conv2d} calls. */
    static Stream<String> convolutions() {
        return Arrays.stream(values()).map(kernel -> "self." + kernel.convolution());
    }

    private String convolution() {
        return "conv2d_" + suffix();
    }

    /** x (B, C, h, w) enlarged to the nearest pixel. */
    static Expression enlarged(Expression x, Expression height, Expression width) {
        return Torch.torch("upsample_nearest2d", x, Torch.list(height, width), Torch.NONE);
    }

    /** What {@link #of} and {@link #conv2d} call. */
    String methods() {
        boolean enlarges = enlarges();
        Expression x = Torch.variable("x");
        return (enlarges ? ENLARGED_TILES : WINOGRAD_TILES)
                + METHODS.replace("NAME", suffix())
                        .replace("KERNEL_SQUARED", squared(fromKernel))
                        .replace("INVERSE_SQUARED", squared(toKernel))
                        .replace("PIXELS_SQUARED", squared(toPixels))
                        .replace("MOST_NUMBERS", String.valueOf(LARGE_MAP))
                        .replace("TILE_ROWS", enlarges ? "H" : "torch.floordiv(H, 2)")
                        .replace("TILE_COLUMNS", enlarges ? "W" : "torch.floordiv(W, 2)")
                        .replace(
                                "WHOLE_MAP",
                                (enlarges ? enlarged(x, Torch.variable("height"), Torch.variable("width")) : x)
                                        .toString());
    }

    private String suffix() {
        return enlarges() ? "enlarged" : "winograd";
    }

    private boolean enlarges() {
        return this == ENLARGED;
    }

    /** The matrix that does to the rows and the columns of a picture at once what the given one does to either. */
    private static String squared(double[][] matrix) {
        StringJoiner numbers = new StringJoiner(", ");
        for (double[] row : matrix) {
            for (double[] column : matrix) {
                for (double a : row) {
                    for (double b : column) {
                        numbers.add(String.valueOf(a * b));
                    }
                }
            }
        }
        return "torch.view(torch.tensor([%s]), [%d, -1])".formatted(numbers, matrix.length * matrix.length);
    }

    /** Tiles of 4x4 pixels at a distance of two, even and odd rows apart; (C, ...) as a matrix product wants them. */
    private static final String WINOGRAD_TILES = """
              def differences_winograd(self: __torch__.Program, pairs: Tensor, pair: int, axis: int) -> List[Tensor]:
                both = torch.unbind(pairs, pair)
                a = torch.slice(both[0], axis, 0, -1, 1)
                b = torch.slice(both[1], axis, 0, -1, 1)
                c = torch.slice(both[0], axis, 1, None, 1)
                d = torch.slice(both[1], axis, 1, None, 1)
                return [torch.sub(a, c), torch.add(b, c), torch.sub(c, b), torch.sub(b, d)]
              def tiles_winograd(self: __torch__.Program, x: Tensor) -> Tensor:
                N, C, H, W, = torch.size(x)
                framed = torch.constant_pad_nd(torch.transpose(x, 0, 1), [1, 1, 1, 1], 0)
                row_pairs = torch.reshape(framed, [C, N, -1, 2, torch.add(W, 2)])
                rows = torch.stack(self.differences_winograd(row_pairs, 3, 2), 0)
                column_pairs = torch.view(rows, [4, C, N, torch.floordiv(H, 2), -1, 2])
                return torch.stack(self.differences_winograd(column_pairs, 5, 4), 1)
            """.indent(0);

    /** Tiles of 3x3 pixels around every pixel. */
    private static final String ENLARGED_TILES = """
              def differences_enlarged(self: __torch__.Program, x: Tensor, axis: int) -> List[Tensor]:
                before = torch.slice(x, axis, 0, -2, 1)
                here = torch.slice(x, axis, 1, -1, 1)
                after = torch.slice(x, axis, 2, None, 1)
                return [torch.sub(before, here), here, torch.sub(after, here)]
              def tiles_enlarged(self: __torch__.Program, x: Tensor) -> Tensor:
                framed = torch.constant_pad_nd(torch.transpose(x, 0, 1), [1, 1, 1, 1], 0)
                rows = torch.stack(self.differences_enlarged(framed, 2), 0)
                return torch.stack(self.differences_enlarged(rows, 4), 1)
            """.indent(0);

    /** A side that is odd, or not enlarged by exactly two, has no such tiles. */
    private static final String METHODS = """
              def kernel_NAME(self: __torch__.Program, w: Tensor) -> Tensor:
                O, C, H, W, = torch.size(w)
                k = torch.matmul(KERNEL_SQUARED, torch.t(torch.reshape(w, [-1, 9])))
                return torch.view(k, [-1, O, C])
              def plain_NAME(self: __torch__.Program, kernel: Tensor) -> Tensor:
                S, O, C, = torch.size(kernel)
                w = torch.matmul(INVERSE_SQUARED, torch.view(kernel, [S, -1]))
                return torch.reshape(torch.t(w), [O, C, 3, 3])
              def conv2d_NAME(self: __torch__.Program, x: Tensor, kernel: Tensor, bias: Tensor, height: int, width: int) -> Tensor:
                N, C, H, W, = torch.size(x)
                S, O, _0, = torch.size(kernel)
                h = TILE_ROWS
                w = TILE_COLUMNS
                twice = torch.__and__(torch.eq(torch.mul(h, 2), height), torch.eq(torch.mul(w, 2), width))
                numbers = torch.mul(torch.mul(S, C), torch.mul(N, torch.mul(h, w)))
                if torch.__and__(twice, torch.le(numbers, MOST_NUMBERS)):
                  products = torch.bmm(kernel, torch.view(self.tiles_NAME(x), [S, C, -1]))
                  pixels = torch.view(torch.matmul(PIXELS_SQUARED, torch.view(products, [S, -1])), [2, 2, O, N, h, w])
                  ordered = torch.reshape(torch.permute(pixels, [3, 2, 4, 0, 5, 1]), [N, O, height, width])
                  y = torch.add_(ordered, torch.view(bias, [1, -1, 1, 1]))
                else:
                  y = torch.conv2d(WHOLE_MAP, self.plain_NAME(kernel), bias, [1, 1], [1, 1], [1, 1], 1)
                return y
            """.indent(0);
}
