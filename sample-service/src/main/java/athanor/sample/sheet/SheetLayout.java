package athanor.sample.sheet;

import java.awt.image.BufferedImage;

/**
 * Where things stand on a sheet, in pixels.
 *
 * @param columns pictures side by side
 * @param cellWidth room for one picture
 * @param enlarged how many sheet pixels each picture pixel takes; below 1 for large pictures
 */
record SheetLayout(int columns, int cellWidth, int cellHeight, double enlarged) {

    static final int MARGIN = 32;
    static final int LABEL = 250;
    static final int GAP = 10;
    static final int BETWEEN_ROWS = 10;
    static final int BETWEEN_GROUPS = 34;

    /** Below this a picture is shown in whole multiples, so that its pixels stay crisp. */
    private static final int TINY = 160;

    /** A longer side is scaled down to this. */
    private static final int LARGE = 352;

    private static final int MOST_COLUMNS = 8;
    private static final int FEWEST_COLUMNS = 4;

    static SheetLayout of(Sheet sheet) {
        int rendered = sheet.seeds().size();
        int widest = 1;
        int highest = 1;
        int most = 1;
        for (SheetGroup group : sheet.groups()) {
            for (SheetRow row : group.rows()) {
                most = Math.max(most, row.pictures().size());
                for (BufferedImage picture : row.pictures()) {
                    widest = Math.max(widest, picture.getWidth());
                    highest = Math.max(highest, picture.getHeight());
                }
            }
        }
        int longest = Math.max(widest, highest);
        double enlarged = longest < TINY ? Math.ceil((double) TINY / longest) : Math.min(1, (double) LARGE / longest);
        int columns = Math.min(MOST_COLUMNS, Math.max(rendered, Math.min(most, FEWEST_COLUMNS)));
        return new SheetLayout(
                Math.max(1, columns),
                (int) Math.round(widest * enlarged),
                (int) Math.round(highest * enlarged),
                enlarged);
    }

    int width() {
        return MARGIN + LABEL + columns * (cellWidth + GAP) - GAP + MARGIN;
    }

    int picturesLeft() {
        return MARGIN + LABEL;
    }

    int lines(SheetRow row) {
        return Math.max(1, (row.pictures().size() + columns - 1) / columns);
    }

    int picturesHeight(SheetRow row) {
        return lines(row) * (cellHeight + GAP) - GAP;
    }
}
