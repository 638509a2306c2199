package athanor.contracts.recipe;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Seeds of noise: every whole number of 64 bits, of which all count, but for one that asks for a random one. */
public final class Seeds {

    /** Is replaced by a random seed, which is then written down. */
    public static final long RANDOM = -1;

    /** Random ones are short enough to be typed. */
    private static final long RANDOM_BELOW = 1L << 32;

    private Seeds() {}

    /** The seed itself, or a random one where that was asked for. */
    public static long decided(long wished, RandomGenerator random) {
        return wished == RANDOM ? random.nextLong(RANDOM_BELOW) : wished;
    }

    /** Counts up from the first; after the largest comes the smallest, and {@link #RANDOM}, which nobody could ask for again, is left out. */
    public static List<Long> from(long first, int count) {
        return LongStream.iterate(first, seed -> seed + 1)
                .filter(seed -> seed != RANDOM)
                .limit(count)
                .boxed()
                .toList();
    }
}
