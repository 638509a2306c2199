package athanor.people;

/**
 * A rectangle in pixels of the picture given; it may reach beyond the picture, as the box of a head that is cut off does.
 *
 * @param x left edge
 * @param y upper edge
 */
public record Box(double x, double y, double width, double height) {

    public Box {
        if (!(width > 0 && height > 0 && Double.isFinite(x + y + width + height))) {
            throw new IllegalArgumentException(
                    "a box needs an area and a place, got %s x %s at (%s, %s)".formatted(width, height, x, y));
        }
    }

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    public double centreX() {
        return x + width / 2;
    }

    public double centreY() {
        return y + height / 2;
    }

    public double area() {
        return width * height;
    }

    /** Intersection over union: 0 for boxes that do not touch, 1 for equal ones. */
    public double overlap(Box other) {
        double sharedWidth = Math.min(right(), other.right()) - Math.max(x, other.x);
        double sharedHeight = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (sharedWidth <= 0 || sharedHeight <= 0) {
            return 0;
        }
        double shared = sharedWidth * sharedHeight;
        return shared / (area() + other.area() - shared);
    }
}
