package athanor.diffusion.training;

import org.jspecify.annotations.Nullable;

/**
 * A picture with its caption, cut to the size it is trained at.
 *
 * @param planes red, green and blue in -1..1, (3, H, W) flat
 * @param width W, a multiple of the autoencoder's factor
 * @param geometry what SDXL is told about the picture's origin
 * @param mask weight of each pixel in the loss, (H, W) flat, null for all alike; it is normalised to a mean of 1, so a small
 *     region does not shrink the gradient
 * @param source of an instance and of a class picture that belong together the same; null: any will do
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Example(
        float[] planes,
        int width,
        int height,
        String caption,
        Geometry geometry,
        float @Nullable [] mask,
        @Nullable String source) {

    public Example(float[] planes, int width, int height, String caption, Geometry geometry, float @Nullable [] mask) {
        this(planes, width, height, caption, geometry, mask, null);
    }

    /**
     * SDXL's micro-conditioning, pixels.
     *
     * @param cropTop rows cut off at the top after the picture was scaled to cover its bucket; the true offset
     */
    public record Geometry(int originalWidth, int originalHeight, int cropTop, int cropLeft) {}

    public Example {
        if (planes.length != 3 * width * height) {
            throw new IllegalArgumentException("a picture of %d x %d has %d numbers, got %d"
                    .formatted(width, height, 3 * width * height, planes.length));
        }
        if (mask != null && mask.length != width * height) {
            throw new IllegalArgumentException(
                    "the mask of a %d x %d picture has %d numbers".formatted(width, height, mask.length));
        }
    }

    /** The same picture under another caption. */
    public Example captioned(String other) {
        return new Example(planes, width, height, other, geometry, mask, source);
    }

    /** The same picture, which belongs to others of that source. */
    public Example from(String other) {
        return new Example(planes, width, height, caption, geometry, mask, other);
    }

    /** A picture that was not cropped. */
    public static Example whole(float[] planes, int width, int height, String caption) {
        return new Example(planes, width, height, caption, new Geometry(width, height, 0, 0), null);
    }
}
