package athanor.pictures.quality;

import athanor.pictures.Exposure;
import athanor.pictures.Measured;
import athanor.pictures.quality.Weakness.Kind;
import athanor.pictures.quality.Weakness.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** From numbers to verdicts. What was not measured is no weakness. */
public final class Weaknesses {

    private static final double BLURRED = 1.5;
    private static final double VERY_BLURRED = 3.5;
    private static final double MOTION = 0.25;
    private static final double UPSCALED = 1.9;
    private static final double OVERCOMPRESSED = 1.8;
    private static final int DARK = 92;
    private static final double OVEREXPOSED = 0.5;
    private static final int FLAT = 50;
    private static final double NOISY = 8;

    private final List<Weakness> found = new ArrayList<>();

    private Weaknesses() {}

    /**
     * @param trainingSide pixels of the sides that the base model is trained at
     * @return in the order of {@link Kind}, at most one of each
     */
    public static List<Weakness> of(Measured picture, int trainingSide) {
        Weaknesses weaknesses = new Weaknesses();
        weaknesses.look(picture, trainingSide);
        return List.copyOf(weaknesses.found);
    }

    private void look(Measured picture, int trainingSide) {
        int side = Math.min(picture.effectiveWidth(), picture.effectiveHeight());
        if (side < trainingSide) {
            add(Kind.TOO_SMALL, side, trainingSide, side * 2 < trainingSide ? Severity.WARNING : Severity.HINT);
        }
        above(Kind.UPSCALED, picture.enlargement(), UPSCALED, Severity.WARNING);
        if (!picture.drawn()) {
            if (picture.edgeBlur().orElse(0) > VERY_BLURRED) {
                add(Kind.BLURRED, picture.edgeBlur().getAsDouble(), VERY_BLURRED, Severity.REJECTS);
            } else {
                above(Kind.BLURRED, picture.edgeBlur(), BLURRED, Severity.WARNING);
            }
            above(Kind.MOTION_BLURRED, picture.motion(), MOTION, Severity.WARNING);
        }
        above(Kind.OVERCOMPRESSED, picture.blockiness(), OVERCOMPRESSED, Severity.WARNING);
        Exposure exposure = picture.exposure();
        if (!picture.drawn()) {
            if (exposure.last() < DARK) {
                add(Kind.DARK, exposure.last(), DARK, Severity.WARNING);
            }
            if (exposure.bright() > OVEREXPOSED) {
                add(Kind.OVEREXPOSED, exposure.bright(), OVEREXPOSED, Severity.HINT);
            }
            if (exposure.span() < FLAT && exposure.last() >= DARK) {
                add(Kind.FLAT, exposure.span(), FLAT, Severity.WARNING);
            }
        }
        above(Kind.NOISY, picture.noise(), NOISY, Severity.WARNING);
    }

    private void above(Kind kind, OptionalDouble number, double threshold, Severity severity) {
        if (number.isPresent() && number.getAsDouble() > threshold) {
            add(kind, number.getAsDouble(), threshold, severity);
        }
    }

    private void add(Kind kind, double number, double threshold, Severity severity) {
        found.add(new Weakness(kind, number, threshold, severity));
    }
}
