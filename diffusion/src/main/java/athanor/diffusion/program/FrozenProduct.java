package athanor.diffusion.program;

import org.jspecify.annotations.Nullable;

/**
 * A frozen linear layer, {@code y = W x + b} for every row x of a matrix, as a 1x1 convolution over pictures whose pixels are the rows.
 * The numbers are the same up to rounding and so are the gradients; what differs is which of libtorch's libraries computes them. See
 * {@link Processor#multipliesAtHalfSpeed}.
 */
final class FrozenProduct {

    /** From so many pictures on libtorch leaves a 1x1 convolution to its library however many threads there are. */
    private static final int PICTURES = 16;

    /** With fewer rows it takes longer to rearrange the weights than to multiply by them. */
    private static final int FEW_ROWS = 256;

    static final String METHOD = """
              def product(self: __torch__.Program, rows: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:
                M, K, = torch.size(rows)
                if torch.__and__(torch.ge(M, FEW_ROWS), torch.eq(torch.remainder(M, PICTURES), 0)):
                  pictures = torch.permute(torch.reshape(rows, [PICTURES, -1, 1, K]), [0, 3, 1, 2])
                  kernel = torch.view(w, [-1, K, 1, 1])
                  y = torch.conv2d(pictures, kernel, b, [1, 1], [0, 0], [1, 1], 1)
                  z = torch.reshape(torch.permute(y, [0, 2, 3, 1]), [M, -1])
                else:
                  z = torch.linear(rows, w, b)
                return z
            """.replace("PICTURES", String.valueOf(PICTURES))
            .replace("FEW_ROWS", String.valueOf(FEW_ROWS))
            .indent(0);

    private FrozenProduct() {}

    /**
     * @param rows (M, in)
     * @param bias null for none
     */
    static Expression of(Expression rows, Expression weight, @Nullable Expression bias) {
        return Torch.self("product", rows, weight, Torch.orNone(bias));
    }
}
