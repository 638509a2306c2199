package athanor.contracts.recipe;

import athanor.contracts.Check;
import athanor.contracts.Size;

/**
 * The most that a recipe may ask for. Wide enough for everything that people do and that machines of today can do; beyond
 * them a value is a slip of the pen or an attack, and it is refused before anything is spent. What a base or a machine cannot
 * do although it is within these is found by the service that has to do it.
 */
public final class RecipeLimits {

    /** Instance pictures of a run; an operator may allow fewer. */
    public static final int PICTURES = 10_000;
    /** Characters of a trigger, a class noun or the name of a run. */
    public static final int NAME = 200;
    /** Characters of the name of a base, which may be a path. */
    public static final int BASE = 4_000;
    /** Characters of a prompt. */
    public static final int PROMPT = 4_000;

    /** Characters of a caption. No text encoder reads a tenth of it; those of all pictures stand in memory together. */
    public static final int CAPTION = 100_000;

    public static final int PROMPTS = 100;
    /** Test pictures of a run, without and with the LoRA counted once. */
    public static final int SAMPLES = 1_000;
    /** Class pictures of a run; kohya's guides ask for 200 to 1,000. */
    public static final int CLASS_PICTURES = 3_000;
    /** No layer of a known base gains by more: SDXL's narrowest attention has 640 channels. */
    public static final int RANK = 1_024;

    public static final int TRAINING_STEPS = 1_000_000;
    /** Instance pictures a step; 80 GB hold 64 of SD 1.5. */
    public static final int BATCH = 128;

    public static final int GRADIENT_ACCUMULATION = 1_024;
    /** Kept checkpoints of a run: each is an object in the store and an event. */
    public static final int CHECKPOINTS = 2_000;

    public static final int HELD_OUT = 100;
    /** Timesteps of every base. */
    public static final int SAMPLER_STEPS = 1_000;
    /** Steps of all pictures of a run of one kind: each step of a large base takes a good part of a second on the best of cards. */
    public static final int SAMPLER_STEPS_IN_ALL = 200_000;
    /** Longest side of a picture that is trained or drawn, pixels. */
    public static final int SIDE = 4_096;
    /** Most pixels of one; twice what an 80 GB card trains whole. */
    public static final long PIXELS = 2_048L * 2_048;

    /** Pixels of a side that make one of latents. */
    private static final int SIDE_STEP = 8;

    private RecipeLimits() {}

    /** @throws IllegalArgumentException with a sentence when nothing of this size is trained or drawn */
    static void check(Size size, String name) {
        Check.that(
                Math.max(size.width(), size.height()) <= SIDE && size.pixels() <= PIXELS,
                "%s %s is too large: at most %d pixels a side and %d pixels in all",
                name,
                size,
                SIDE,
                PIXELS);
    }

    /** @throws IllegalArgumentException with a sentence when no autoencoder makes pictures of this size */
    public static void checkThatItIsDrawn(Size size, String name) {
        Check.that(
                size.width() % SIDE_STEP == 0 && size.height() % SIDE_STEP == 0,
                "%s %s cannot be drawn by any base: both sides must be multiples of %d",
                name,
                size,
                SIDE_STEP);
    }

    /** @throws IllegalArgumentException with a sentence when so many pictures would take so many steps for ever */
    static void check(int pictures, int steps, String name) {
        Check.that(
                (long) pictures * steps <= SAMPLER_STEPS_IN_ALL,
                "%d %s with samples.steps %d are %d steps, at most %d are made; ask for fewer pictures or fewer steps",
                pictures,
                name,
                steps,
                (long) pictures * steps,
                SAMPLER_STEPS_IN_ALL);
    }
}
