package athanor.pictures;

import java.util.OptionalDouble;

/**
 * What was measured of one picture, upright, every pixel looked at. Empty is what could not be measured: in a tiny picture, in one
 * of a single colour, in a drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param drawn few colours in even areas; sharpness, noise and resolution of a photograph do not apply
 * @param enlargement by how much the picture seems to have been enlarged, 1 to 4
 * @param sharpness variance of the Laplacian by variance of the luma, at {@value #LONG_SIDE} px on the long side; 1 is usual
 * @param reblur 0 sharp to 1 blurred, at the same size
 * @param edgeBlur sigma of the blur of the sharpest edges, in pixels at the same size
 * @param pixelBlur the same in pixels of the picture as it is, where it is sharpest
 * @param motion how many times more a second blur takes in one direction than in its perpendicular, at {@value #LONG_SIDE} px; 1 is
 *     the same in both
 * @param noise standard deviation in levels of 255, at the same size
 * @param blockiness steps on JPEG's grid by steps elsewhere, of the stored pixels; 1 is none
 * @param savedQuality of the last save as JPEG, 1 to 100, as its tables say, or of a worse one before, as its traces say
 */
public record Measured(
        int width,
        int height,
        boolean drawn,
        OptionalDouble enlargement,
        OptionalDouble sharpness,
        OptionalDouble reblur,
        OptionalDouble edgeBlur,
        OptionalDouble pixelBlur,
        OptionalDouble motion,
        OptionalDouble noise,
        OptionalDouble blockiness,
        OptionalDouble savedQuality,
        Exposure exposure,
        Fingerprint fingerprint) {

    /** At this size sharpness, noise and hashes are taken, or at the picture's own where it is smaller. */
    public static final int LONG_SIDE = 1024;

    public static final double MOST_ENLARGEMENT = 4;

    private static final int LARGEST_SIDE = 1 << 16;

    /** A finite number that no measure reaches. */
    private static final double ANYTHING = 1e6;

    public Measured {
        Range.check("width", width, 1, LARGEST_SIDE);
        Range.check("height", height, 1, LARGEST_SIDE);
        check("enlargement", enlargement, 1, MOST_ENLARGEMENT);
        check("sharpness", sharpness, 0, ANYTHING);
        check("re-blur", reblur, 0, 1);
        check("blur of edges", edgeBlur, 0, ANYTHING);
        check("blur of pixels", pixelBlur, 0, ANYTHING);
        check("motion", motion, 1, ANYTHING);
        check("noise", noise, 0, 255);
        check("blockiness", blockiness, 0, ANYTHING);
        check("quality of the JPEG", savedQuality, 1, 100);
    }

    /** Pixels of the width that carry detail of their own; the width itself where nothing speaks against it. */
    public int effectiveWidth() {
        return (int) Math.round(width / enlargement.orElse(1));
    }

    public int effectiveHeight() {
        return (int) Math.round(height / enlargement.orElse(1));
    }

    private static void check(String what, OptionalDouble value, double least, double most) {
        if (value.isPresent()) {
            Range.check(what, value.getAsDouble(), least, most);
        }
    }
}
