package athanor.pictures.quality;

import athanor.pictures.Exposure;
import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of a part of a picture, usually a face, scaled down to {@value #LONG_SIDE} px on its long side: a sharp
 * background says nothing about the face before it.
 *
 * <p>Reading a large photograph a second time for its face costs as much as reading it once, so a face that is sharp already in few
 * pixels ({@link #ifSharpForCertain}) is not looked at again.
 *
 * @param side pixels of the long side that were there; below {@value #LEAST_SIDE} nothing else was measured
 * @param edgeBlur sigma of the blur of the sharpest edges, pixels at the size that was measured
 * @param reblur 0 sharp to 1 blurred
 * @param sharpness variance of the Laplacian by variance of the luma
 */
public record RegionMeasures(
        int side, OptionalDouble edgeBlur, OptionalDouble reblur, OptionalDouble sharpness, Exposure exposure) {

    public static final int LONG_SIDE = 256;

    /** Skin has softer edges than a whole picture: of 110 faces in photographs of all kinds the softest had 1.07. */
    public static final double BLURRED = 1.4;

    /** A smaller face is better cut out of the stored picture, if that is larger than what is at hand. */
    public static final int LEAST_SIDE = 64;

    /**
     * What can be said for certain although too few pixels were looked at: that edges are at most so wide at {@value #LONG_SIDE} px.
     * Empty where they may be too wide, or were not measured; more pixels are needed then.
     */
    public Optional<RegionMeasures> ifSharpForCertain() {
        double widest = edgeBlur.orElse(Double.POSITIVE_INFINITY) * LONG_SIDE / side;
        return widest <= BLURRED
                ? Optional.of(new RegionMeasures(
                        side, OptionalDouble.of(widest), OptionalDouble.empty(), OptionalDouble.empty(), exposure))
                : Optional.empty();
    }

    /** Whether edges are wider than {@value #BLURRED} pixels at the size that was measured; false where nothing was. */
    public boolean blurred() {
        return edgeBlur.orElse(0) > BLURRED;
    }

    /**
     * @param picture of any number of pixels
     * @param region in its pixels; what lies outside is left out
     */
    public static RegionMeasures of(BufferedImage picture, Rectangle region) {
        Rectangle inside = region.intersection(new Rectangle(picture.getWidth(), picture.getHeight()));
        if (inside.isEmpty()) {
            throw new IllegalArgumentException("the region %s lies outside of the picture of %d x %d pixels"
                    .formatted(region, picture.getWidth(), picture.getHeight()));
        }
        Luma luma = Luma.of(
                scaled(Pixels.opaqueCopy(picture.getSubimage(inside.x, inside.y, inside.width, inside.height))));
        long[] histogram = new long[256];
        for (float level : luma.levels()) {
            histogram[Math.round(level)]++;
        }
        int side = Math.max(inside.width, inside.height);
        if (side < LEAST_SIDE) {
            return new RegionMeasures(
                    side,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    Exposure.of(histogram));
        }
        Sharpness sharpness = Sharpness.of(luma);
        return new RegionMeasures(
                side, EdgeBlur.of(luma), sharpness.reblur(), sharpness.detail(), Exposure.of(histogram));
    }

    private static BufferedImage scaled(BufferedImage region) {
        double scale = (double) LONG_SIDE / Math.max(region.getWidth(), region.getHeight());
        return scale >= 1
                ? region
                : Resize.to(region, (int) Math.max(1, Math.round(region.getWidth() * scale)), (int)
                        Math.max(1, Math.round(region.getHeight() * scale)));
    }
}
