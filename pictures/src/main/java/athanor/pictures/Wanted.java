package athanor.pictures;

/**
 * Which pixels of a picture are wanted. The decoder makes them, so that whoever asks holds no more than these.
 *
 * @param width of the whole picture after resizing, pixels; 0 when no pixels are wanted at all
 * @param height of the same
 * @param left columns of the resized picture that are cut off at the left
 * @param top rows that are cut off above
 * @param cutWidth columns that are kept
 * @param cutHeight rows that are kept
 * @param atMost width and height are what the picture has to fit into, and it stays as it is where it does
 * @param measures how good the picture is comes back too, made from every pixel of it
 */
public record Wanted(
        int width, int height, int left, int top, int cutWidth, int cutHeight, boolean atMost, boolean measures) {

    private static final Wanted NO_PIXELS = new Wanted(0, 0, 0, 0, 0, 0, false, false);

    /** Whether it can be decoded, its format and size; every pixel is looked at and none comes back. */
    public static Wanted noPixels() {
        return NO_PIXELS;
    }

    /** The whole picture, scaled down where it is larger than this. */
    public static Wanted within(int width, int height) {
        return new Wanted(width, height, 0, 0, width, height, true, false);
    }

    /** What it is worth, and the whole picture scaled down to this where it is larger. */
    public static Wanted measured(int longSide) {
        return new Wanted(longSide, longSide, 0, 0, longSide, longSide, true, true);
    }

    /** What it is worth, and no pixels. */
    public static Wanted measured() {
        return new Wanted(0, 0, 0, 0, 0, 0, false, true);
    }

    /** The picture resized to {@code width x height} of which a rectangle is cut out. */
    public static Wanted cutOut(int width, int height, int left, int top, int cutWidth, int cutHeight) {
        return new Wanted(width, height, left, top, cutWidth, cutHeight, false, false);
    }

    public boolean pixels() {
        return width > 0;
    }

    /** The same in numbers, for a picture of this size. */
    public Wanted of(int pictureWidth, int pictureHeight) {
        if (!atMost) {
            return this;
        }
        double scale = Math.min(1, Math.min((double) width / pictureWidth, (double) height / pictureHeight));
        int scaledWidth = Math.max(1, (int) Math.round(pictureWidth * scale));
        int scaledHeight = Math.max(1, (int) Math.round(pictureHeight * scale));
        return new Wanted(scaledWidth, scaledHeight, 0, 0, scaledWidth, scaledHeight, false, measures);
    }
}
