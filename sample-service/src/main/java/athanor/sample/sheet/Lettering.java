package athanor.sample.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/** Words on the sheet: fonts, wrapping, drawing. */
final class Lettering {

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 24);
    static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private static final double LEADING = 1.35;

    private Lettering() {}

    /** Lines no wider than {@code width} pixels; a single word that is wider is cut. */
    static List<String> wrap(Graphics2D canvas, Font font, String text, int width) {
        FontMetrics metrics = canvas.getFontMetrics(font);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (metrics.stringWidth(longer) <= width) {
                line.setLength(0);
                line.append(longer);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
            }
            line.setLength(0);
            String rest = word;
            while (metrics.stringWidth(rest) > width && rest.length() > 1) {
                int fits = 1;
                while (fits < rest.length() && metrics.stringWidth(rest.substring(0, fits + 1)) <= width) {
                    fits++;
                }
                lines.add(rest.substring(0, fits));
                rest = rest.substring(fits);
            }
            line.append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    static int lineHeight(Font font) {
        return (int) Math.round(font.getSize() * LEADING);
    }

    /** Draws lines below {@code top} and returns where the next thing may begin. */
    static int draw(Graphics2D canvas, Font font, Color colour, List<String> lines, int left, int top) {
        canvas.setFont(font);
        canvas.setColor(colour);
        int y = top;
        for (String line : lines) {
            canvas.drawString(line, left, y + font.getSize());
            y += lineHeight(font);
        }
        return y;
    }
}
