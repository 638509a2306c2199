package athanor.people;

/**
 * How much of each pixel belongs to a person, 0 to 1. Kept as coarse as it was estimated and interpolated where it is asked for:
 * a photograph of 24 megapixels costs no more than its preview.
 */
public final class Matte {

    private final int width;
    private final int height;
    private final int columns;
    private final float[] cells;

    /**
     * @param width of the picture, in pixels
     * @param columns of the estimate that covers the whole picture
     * @param cells row by row, each 0 to 1
     */
    public Matte(int width, int height, int columns, float[] cells) {
        if (width < 1 || height < 1 || columns < 1 || cells.length == 0 || cells.length % columns != 0) {
            throw new IllegalArgumentException(
                    "a matte needs an area and whole rows, got %d x %d pixels, %d cells in rows of %d"
                            .formatted(width, height, cells.length, columns));
        }
        this.width = width;
        this.height = height;
        this.columns = columns;
        this.cells = cells.clone();
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Bilinear between the middles of the cells; beyond the outer ones it stays as it is there. */
    public float alpha(int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            throw new IndexOutOfBoundsException(
                    "pixel (%d, %d) is not in a picture of %d x %d".formatted(x, y, width, height));
        }
        int rows = cells.length / columns;
        float column = Math.min(Math.max((x + 0.5f) * columns / width - 0.5f, 0), columns - 1);
        float row = Math.min(Math.max((y + 0.5f) * rows / height - 0.5f, 0), rows - 1);
        int left = (int) column;
        int upper = (int) row;
        int right = Math.min(left + 1, columns - 1);
        int lower = Math.min(upper + 1, rows - 1);
        float above = between(cells[upper * columns + left], cells[upper * columns + right], column - left);
        float below = between(cells[lower * columns + left], cells[lower * columns + right], column - left);
        return between(above, below, row - upper);
    }

    /** The part of the picture that belongs to people, 0 to 1. */
    public double share() {
        double sum = 0;
        for (float cell : cells) {
            sum += cell;
        }
        return sum / cells.length;
    }

    private static float between(float from, float to, float part) {
        return from + (to - from) * part;
    }
}
