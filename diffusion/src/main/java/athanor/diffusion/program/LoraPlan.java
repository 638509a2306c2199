package athanor.diffusion.program;

import java.util.function.Predicate;

/**
 * Which layers get a low-rank detour, {@code y = W x + scale * B (A x)} (Hu et al. 2021, section 4.1), and how.
 *
 * @param targets says of a layer's name, with its network in front ({@code unet/mid_block.attentions.0.proj_in}), whether it
 *     is adapted
 * @param rank r, rows of A; 0 when the rank is only known when the program runs
 * @param scale alpha / r; 1 when the scale is already in B
 * @param dropout unless it is off, the method has an argument {@code seeds}, one a picture
 */
public record LoraPlan(Predicate<String> targets, int rank, double scale, LoraDropout dropout) {

    public static final LoraPlan NONE = new LoraPlan(layer -> false, 0, 1);

    public LoraPlan(Predicate<String> targets, int rank, double scale) {
        this(targets, rank, scale, LoraDropout.OFF);
    }

    /** Detours on every layer the predicate accepts, of any rank, left out where the list holds an empty A. */
    public static LoraPlan ofAnyRank(Predicate<String> targets) {
        return new LoraPlan(targets, 0, 1);
    }

    boolean rankIsOpen() {
        return rank == 0;
    }
}
