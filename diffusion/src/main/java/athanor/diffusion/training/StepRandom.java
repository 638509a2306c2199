package athanor.diffusion.training;

import java.util.Random;

/**
 * Random numbers that are a function of (seed, what for, step, position) and of nothing else, so that a run that is resumed
 * draws what it would have drawn.
 */
record StepRandom(long seed) {

    enum Purpose {
        INITIAL_FACTORS,
        ORDER_OF_INSTANCES,
        ORDER_OF_CLASS_PICTURES,
        INSTANCE,
        CLASS_PICTURE,
        VALIDATION,
        VALIDATION_CLASS
    }

    Random at(Purpose purpose, long step, long position) {
        long mixed = seed;
        for (long part : new long[] {purpose.ordinal() + 1L, step, position}) {
            mixed = mix(mixed * 31 + part);
        }
        return new Random(mixed);
    }

    /** The finaliser of SplitMix64 (Steele et al. 2014): neighbouring inputs give unrelated outputs. */
    private static long mix(long z) {
        long mixed = z + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
