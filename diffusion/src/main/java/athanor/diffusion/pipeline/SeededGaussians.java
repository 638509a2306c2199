package athanor.diffusion.pipeline;

import java.util.Random;

/**
 * Java's own generator for the seeds that it tells apart, which are those below 2^48: it drops the bits above. A seed that has
 * some of them gets SplitMix64 (Steele et al. 2014) under the same polar method, which is specified to the bit.
 */
final class SeededGaussians extends Random {

    private static final long serialVersionUID = 1L;
    private static final int BITS_OF_JAVAS_GENERATOR = 48;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SeededGaussians(long seed) {
        super(0);
        this.state = seed;
    }

    static Random of(long seed) {
        return seed >>> BITS_OF_JAVAS_GENERATOR == 0 ? new Random(seed) : new SeededGaussians(seed);
    }

    @Override
    protected int next(int bits) {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (int) ((mixed ^ (mixed >>> 31)) >>> (Long.SIZE - bits));
    }
}
