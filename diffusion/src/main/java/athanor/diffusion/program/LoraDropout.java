package athanor.diffusion.program;

import athanor.diffusion.program.Expression.Literal;
import athanor.diffusion.program.Expression.Variable;

/**
 * Random silence in the detours of a LoRA while it is trained, in the three grains of kohya's trainer. What is silent is a
 * function of the picture's seed, the layer and the position alone: seeds are passed to the program as data, and a hash of
 * whole numbers, the same on every device, makes the rest.
 *
 * @param neurons share of the numbers of {@code A x} that become zero (Srivastava et al. 2014); the others grow to make up
 * @param ranks share of the rows of A that are silent for a picture; the others grow to make up
 * @param modules share of the layers whose detour a picture does not take; nothing makes up for them
 */
public record LoraDropout(double neurons, double ranks, double modules) {

    /** What a method whose LoRA has dropout is given besides: one seed a picture, (B) whole numbers of 31 bits. */
    public static final Variable SEEDS = new Variable("seeds");

    public static final LoraDropout OFF = new LoraDropout(0, 0, 0);

    /** Hashes are whole numbers below this; products of two of them fit into 64 bits. */
    private static final long RANGE = 1L << 31;

    /** Two rounds of shift and multiply, as in hashes made by search (C. Wellons, "Prospecting for Hash Functions", 2018). */
    private static final String HASH = """
              def mixed(self: __torch__.Program, number: Tensor) -> Tensor:
                a = torch.bitwise_and(number, 2147483647)
                b = torch.bitwise_xor(a, torch.bitwise_right_shift(a, 16))
                c = torch.bitwise_and(torch.mul(b, 2146121005), 2147483647)
                d = torch.bitwise_xor(c, torch.bitwise_right_shift(c, 15))
                e = torch.bitwise_and(torch.mul(d, 74229387), 2147483647)
                return torch.bitwise_xor(e, torch.bitwise_right_shift(e, 16))
              def kept(self: __torch__.Program, seeds: Tensor, salt: int, count: int, first: int) -> Tensor:
                rows = torch.unsqueeze(self.mixed(torch.add(seeds, torch.mul(salt, 506952121))), 1)
                columns = torch.arange(count, dtype=4, layout=None, device=torch.device("DEVICE"), pin_memory=False)
                return torch.ge(self.mixed(torch.add(rows, torch.mul(columns, 506952121))), first)
            """.indent(0);

    public LoraDropout {
        for (double share : new double[] {neurons, ranks, modules}) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "dropout of %s numbers, %s rows and %s layers: each must be at least 0 and less than 1"
                                .formatted(neurons, ranks, modules));
            }
        }
    }

    public boolean isOff() {
        return neurons == 0 && ranks == 0 && modules == 0;
    }

    /**
     * {@code dropped(low, seeds, layer)}: {@code low} is {@code A x}, one row a picture, (B, ..., r) or (B, r, h, w);
     * {@code seeds} are whole numbers of 31 bits, (B).
     */
    String methods(ComputeType type, String device) {
        StringBuilder text = new StringBuilder(HASH.replace("DEVICE", device));
        text.append("""
                  def dropped(self: __torch__.Program, low: Tensor, seeds: Tensor, layer: int) -> Tensor:
                    pictures = torch.size(low, 0)
                    shape = [pictures]
                    for i in range(torch.sub(torch.dim(low), 1)):
                      _0 = torch.append(shape, 1)
                    x = low
                """.indent(0));
        if (neurons > 0) {
            text.append(
                    "    numbers = self.kept(seeds, torch.mul(layer, 3), torch.floordiv(torch.numel(low), pictures), %d)\n"
                            .formatted(first(neurons)));
            text.append(scaled("torch.view(numbers, torch.size(low))", 1 / (1 - neurons), type));
        }
        if (ranks > 0) {
            text.append("""
                        axis = torch.sub(torch.dim(low), 1)
                        if torch.eq(torch.dim(low), 4):
                          rank_axis = 1
                        else:
                          rank_axis = axis
                        rank = torch.size(low, rank_axis)
                        row_shape = torch.slice(shape, 0, 9223372036854775807, 1)
                        _1 = torch._set_item(row_shape, rank_axis, rank)
                        rows = self.kept(seeds, torch.add(torch.mul(layer, 3), 1), rank, FIRST)
                    """.replace("FIRST", String.valueOf(first(ranks))));
            text.append(scaled("torch.view(rows, row_shape)", 1 / (1 - ranks), type));
        }
        if (modules > 0) {
            text.append("    whole = self.kept(seeds, torch.add(torch.mul(layer, 3), 2), 1, %d)\n"
                    .formatted(first(modules)));
            text.append(scaled("torch.view(whole, shape)", 1, type));
        }
        return text.append("    return x\n").toString();
    }

    private static String scaled(String kept, double factor, ComputeType type) {
        return "    x = torch.mul(x, torch.mul(%s, %s))\n".formatted(Torch.cast(new Literal(kept), type), factor);
    }

    private static long first(double share) {
        return Math.round(share * RANGE);
    }
}
