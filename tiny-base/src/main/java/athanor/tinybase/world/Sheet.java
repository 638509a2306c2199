package athanor.tinybase.world;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Lays pictures out in rows, for looking at them. */
public final class Sheet {

    private static final int GAP = 2;

    private Sheet() {}

    /** @param zoom whole factor by which every pixel grows; pictures may differ in size, a cell holds the largest */
    public static BufferedImage of(List<BufferedImage> pictures, int columns, int zoom) {
        int cellWidth =
                zoom * pictures.stream().mapToInt(BufferedImage::getWidth).max().orElse(1) + GAP;
        int cellHeight = zoom
                        * pictures.stream()
                                .mapToInt(BufferedImage::getHeight)
                                .max()
                                .orElse(1)
                + GAP;
        int rows = (pictures.size() + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage picture = pictures.get(i);
            int x = GAP + i % columns * cellWidth;
            int y = GAP + i / columns * cellHeight;
            g.drawImage(picture, x, y, picture.getWidth() * zoom, picture.getHeight() * zoom, null);
        }
        g.dispose();
        return sheet;
    }
}
