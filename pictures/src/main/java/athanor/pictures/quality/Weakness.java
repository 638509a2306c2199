package athanor.pictures.quality;

/**
 * Something that makes a picture less good to train on, with the number that says so.
 *
 * @param number what was measured
 * @param threshold what it was compared with, in the same unit
 */
public record Weakness(Kind kind, double number, double threshold, Severity severity) {

    /** The unit of {@code number} is said for each. */
    public enum Kind {
        /** Side in pixels of the square that has as many effective pixels, fewer than are trained on. */
        TOO_SMALL,
        /** By how much the picture was enlarged. */
        UPSCALED,
        /** Sigma of the blur of the sharpest edges, pixels, of the picture with 1024 on its long side or of itself. */
        BLURRED,
        /** How many times more a second blur takes in one direction than in its perpendicular. */
        MOTION_BLURRED,
        /** Steps on JPEG's grid by steps elsewhere. */
        OVERCOMPRESSED,
        /** The level, of 255, that 99 % of the pixels do not reach. */
        DARK,
        /** Share of the pixels that are white or almost, 0 to 1. */
        OVEREXPOSED,
        /** Levels, of 255, between the darkest and the brightest percent. */
        FLAT,
        /** Standard deviation of the noise, levels of 255. */
        NOISY
    }

    /** What it means for the picture. */
    public enum Severity {
        /** Good to know, the picture is fine. */
        HINT,
        /** Better replaced. */
        WARNING,
        /** Harms whatever is trained on it. */
        REJECTS
    }
}
