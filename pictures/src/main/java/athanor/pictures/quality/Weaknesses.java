package athanor.pictures.quality;

import athanor.pictures.Exposure;
import athanor.pictures.Measured;
import athanor.pictures.quality.Weakness.Kind;
import athanor.pictures.quality.Weakness.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * From numbers to verdicts. What was not measured is no weakness. Every threshold was set on half of a collection of photographs
 * and copies of them that were damaged in known ways, and tried on the other half; what it found of which is said at each.
 */
public final class Weaknesses {

    /** A picture may be enlarged by so much without anybody seeing it. */
    private static final double LARGER = 1;

    private static final double MUCH_LARGER = 1.25;

    /** The first reduction that is tried is 1.5; what that finds is enlarged twice in most cases. */
    private static final double UPSCALED = 1.25;

    /** Good photographs have 0.4 in the median and at most 0.9; blurred by a sigma of 2 they have 1.1 at least. */
    private static final double BLURRED = 1;

    private static final double VERY_BLURRED = 3;

    /** Good photographs have at most 0.68, enlarged ones among them 0.84; blurred by a sigma of 2, 0.78 and in 97 of 100 0.88. */
    private static final double PIXELS_BLURRED = 0.88;

    /** What the sharpest parts of a blurred picture never have. */
    private static final double PIXELS_SHARP = 0.8;

    /** Beyond, pixels that are blurred are not missed, because no training uses them. */
    private static final int LONG_SIDE_IN_USE = 2048;

    /** 1.1 is usual, veins of leaves and waves of the sea reach 1.32; nine pixels of motion give 1.35 and more. */
    private static final double MOTION = 1.33;

    /** JPEG of quality 85 has at most 1.36, 75 at most 1.5; 25 has 1.6 in the median, 1.3 where there is much texture. */
    private static final double BLOCKY = 1.55;

    /** Where the file's tables or traces in the picture say that it was saved so badly, the grid only has to be there. */
    private static final double SAVED_BADLY = 30;

    private static final double SAVED_BADLY_BLOCKY = 1.1;

    /** A picture whose brightest percent begins below was not lit; one at a third of its levels ends at 89 at most. */
    private static final int DARK = 92;

    /** By convention; a sky that fills half the picture has 0.41. White paper around the subject does not count. */
    private static final double OVEREXPOSED = 0.45;

    /** By convention; pictures of sand and fog have 58. */
    private static final int FLAT = 50;

    /** Fine gravel looks like a noise of 8, and of 11 when it was compressed. */
    private static final double NOISY = 12;

    private final List<Weakness> found = new ArrayList<>();

    private Weaknesses() {}

    /**
     * @param trainingSide pixels of the side of the square that the base model is trained at
     * @return in the order of {@link Kind}, at most one of each
     */
    public static List<Weakness> of(Measured picture, int trainingSide) {
        Weaknesses weaknesses = new Weaknesses();
        weaknesses.found.addAll(ofSize(
                picture.effectiveWidth(),
                picture.effectiveHeight(),
                picture.enlargement().orElse(1),
                trainingSide));
        weaknesses.sharpness(picture);
        weaknesses.compression(picture);
        weaknesses.exposure(picture);
        weaknesses.above(Kind.NOISY, picture.noise(), NOISY, Severity.WARNING);
        return List.copyOf(weaknesses.found);
    }

    /**
     * Of those, the ones that depend on what is trained. Buckets have the area of the square, whatever their shape.
     *
     * @param effectiveWidth pixels that carry detail of their own
     * @param effectiveHeight likewise
     * @param enlargement 1 where nothing speaks for one
     */
    public static List<Weakness> ofSize(int effectiveWidth, int effectiveHeight, double enlargement, int trainingSide) {
        Weaknesses weaknesses = new Weaknesses();
        double side = Math.sqrt((double) effectiveWidth * effectiveHeight);
        if (side * LARGER < trainingSide) {
            weaknesses.add(
                    Kind.TOO_SMALL,
                    side,
                    trainingSide,
                    side * MUCH_LARGER < trainingSide ? Severity.WARNING : Severity.HINT);
        }
        if (enlargement > UPSCALED) {
            // What was enlarged and is still large enough afterwards harms nothing.
            weaknesses.add(
                    Kind.UPSCALED, enlargement, UPSCALED, side < trainingSide ? Severity.WARNING : Severity.HINT);
        }
        return List.copyOf(weaknesses.found);
    }

    /** A sharp subject before a soft background is as it should be, however few its edges are. */
    private void sharpness(Measured picture) {
        if (picture.drawn()) {
            return;
        }
        double blur = picture.edgeBlur().orElse(0);
        boolean sharpSomewhere = picture.pixelBlur().orElse(PIXELS_BLURRED) < PIXELS_SHARP;
        if (blur > BLURRED && !sharpSomewhere) {
            add(Kind.BLURRED, blur, BLURRED, blur > VERY_BLURRED ? Severity.REJECTS : Severity.WARNING);
        } else if (Math.max(picture.width(), picture.height()) <= LONG_SIDE_IN_USE) {
            above(Kind.BLURRED, picture.pixelBlur(), PIXELS_BLURRED, Severity.WARNING);
        }
        above(Kind.MOTION_BLURRED, picture.motion(), MOTION, Severity.WARNING);
    }

    private void compression(Measured picture) {
        boolean savedBadly = picture.savedQuality().orElse(100) <= SAVED_BADLY;
        above(Kind.OVERCOMPRESSED, picture.blockiness(), savedBadly ? SAVED_BADLY_BLOCKY : BLOCKY, Severity.WARNING);
    }

    private void exposure(Measured picture) {
        if (picture.drawn()) {
            return;
        }
        Exposure exposure = picture.exposure();
        if (exposure.last() < DARK) {
            add(Kind.DARK, exposure.last(), DARK, Severity.WARNING);
        } else if (exposure.span() < FLAT) {
            add(Kind.FLAT, exposure.span(), FLAT, Severity.WARNING);
        }
        if (exposure.bright() > OVEREXPOSED) {
            add(Kind.OVEREXPOSED, exposure.bright(), OVEREXPOSED, Severity.HINT);
        }
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
