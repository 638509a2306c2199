package athanor.sample.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words on the sheet: fonts, wrapping, drawing. */
final class Lettering {

    private static final Logger LOG = LoggerFactory.getLogger(Lettering.class);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 24);
    static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private static final double LEADING = 1.35;

    /** Pictures without words beat a run that fails at its very end because its machine has no fonts. */
    private static final boolean FONTS = fontsAreThere();

    private Lettering() {}

    /** Lines no wider than {@code width} pixels; a single word that is wider is cut. */
    static List<String> wrap(Graphics2D canvas, Font font, String text, int width) {
        if (!FONTS) {
            return List.of();
        }
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

    /** A slim container may have no fonts; Java then throws errors of several kinds, whatever is asked of them. */
    private static boolean fontsAreThere() {
        Graphics2D canvas = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR).createGraphics();
        try {
            return canvas.getFontMetrics(TEXT).stringWidth("words") > 0;
        } catch (RuntimeException | InternalError | LinkageError e) {
            LOG.warn(
                    "This machine has no fonts, so contact sheets have no words; install fontconfig and a font: {}",
                    e.toString());
            return false;
        } finally {
            canvas.dispose();
        }
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
