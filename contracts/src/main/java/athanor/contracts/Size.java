package athanor.contracts;

/**
 * Size of a picture.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 */
public record Size(int width, int height) {

    public Size {
        Check.that(width >= 1 && height >= 1, "a picture needs an area, got %d x %d pixels", width, height);
    }

    /** Reads {@code 512x768}. */
    public static Size parse(String text) {
        String[] sides = text.strip().split("x", -1);
        Check.that(
                sides.length == 2 && sides[0].matches("\\d{1,6}") && sides[1].matches("\\d{1,6}"),
                "a size is written as 512x768, got '%s'",
                text);
        return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    public long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
