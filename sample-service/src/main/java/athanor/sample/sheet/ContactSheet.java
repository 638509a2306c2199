package athanor.sample.sheet;

import athanor.pictures.Resize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a {@link Sheet}. */
public final class ContactSheet {

    private static final Color PAPER = new Color(0xfaf8f5);
    private static final Color INK = new Color(0x26221e);
    private static final Color MUTED = new Color(0x7b736a);
    private static final Color RULE = new Color(0xe2dcd3);
    private static final Color ACCENT = new Color(0xc2500f);

    private static final int TOP_OF_TITLE = 26;
    private static final int BAR = 4;

    private final Sheet sheet;
    private final SheetLayout layout;

    private ContactSheet(Sheet sheet) {
        this.sheet = sheet;
        this.layout = SheetLayout.of(sheet);
    }

    /** 24-bit picture, as large as its contents need. */
    public static BufferedImage paint(Sheet sheet) {
        ContactSheet painter = new ContactSheet(sheet);
        // Wrapped words decide the height, so the sheet is laid out once without paper.
        int height = painter.onto(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR));
        BufferedImage paper = new BufferedImage(painter.layout.width(), height, BufferedImage.TYPE_3BYTE_BGR);
        painter.onto(paper);
        return paper;
    }

    private int onto(BufferedImage paper) {
        Graphics2D canvas = paper.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            canvas.setColor(PAPER);
            canvas.fillRect(0, 0, paper.getWidth(), paper.getHeight());
            int y = header(canvas);
            for (int i = 0; i < sheet.groups().size(); i++) {
                SheetGroup group = sheet.groups().get(i);
                y = i > 0 ? rule(canvas, y) : y;
                y = group.seeded() ? seeds(canvas, y) : y;
                y = group(canvas, group, y);
            }
            return notes(canvas, y) + SheetLayout.MARGIN;
        } finally {
            canvas.dispose();
        }
    }

    private int header(Graphics2D canvas) {
        int room = layout.width() - 2 * SheetLayout.MARGIN;
        int y = text(canvas, Lettering.TITLE, INK, sheet.title(), SheetLayout.MARGIN, TOP_OF_TITLE, room);
        y = text(canvas, Lettering.TEXT, MUTED, sheet.subtitle(), SheetLayout.MARGIN, y + 2, room);
        return y + 18;
    }

    private int seeds(Graphics2D canvas, int top) {
        for (int i = 0; i < Math.min(sheet.seeds().size(), layout.columns()); i++) {
            int x = layout.picturesLeft() + i * (layout.cellWidth() + SheetLayout.GAP);
            text(canvas, Lettering.TEXT, MUTED, "seed " + sheet.seeds().get(i), x, top, layout.cellWidth());
        }
        return top + Lettering.lineHeight(Lettering.TEXT) + 2;
    }

    private int group(Graphics2D canvas, SheetGroup group, int top) {
        int y = top;
        for (SheetRow row : group.rows()) {
            y = row(canvas, row, y) + SheetLayout.BETWEEN_ROWS;
        }
        return y - SheetLayout.BETWEEN_ROWS;
    }

    private int row(Graphics2D canvas, SheetRow row, int top) {
        int left = SheetLayout.MARGIN + (row.accent() ? BAR + 8 : 0);
        int room = SheetLayout.LABEL - 24 - (row.accent() ? BAR + 8 : 0);
        int y = text(canvas, Lettering.HEADING, row.accent() ? ACCENT : INK, row.heading(), left, top, room);
        y = text(canvas, Lettering.TEXT, MUTED, row.words(), left, y + 2, room);
        int bottom = Math.max(y, top + layout.picturesHeight(row));
        if (row.accent()) {
            canvas.setColor(ACCENT);
            canvas.fillRect(SheetLayout.MARGIN, top, BAR, bottom - top);
        }
        for (int i = 0; i < row.pictures().size(); i++) {
            int x = layout.picturesLeft() + (i % layout.columns()) * (layout.cellWidth() + SheetLayout.GAP);
            int line = top + (i / layout.columns()) * (layout.cellHeight() + SheetLayout.GAP);
            picture(canvas, row.pictures().get(i), x, line);
        }
        return bottom;
    }

    private void picture(Graphics2D canvas, BufferedImage picture, int left, int top) {
        int width = (int) Math.round(picture.getWidth() * layout.enlarged());
        int height = (int) Math.round(picture.getHeight() * layout.enlarged());
        int x = left + (layout.cellWidth() - width) / 2;
        int y = top + (layout.cellHeight() - height) / 2;
        if (layout.enlarged() < 1) {
            canvas.drawImage(Resize.to(picture, width, height), x, y, null);
        } else {
            canvas.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            canvas.drawImage(picture, x, y, width, height, null);
        }
    }

    private int rule(Graphics2D canvas, int y) {
        int middle = y + SheetLayout.BETWEEN_GROUPS / 2;
        canvas.setColor(RULE);
        canvas.setStroke(new BasicStroke(1));
        canvas.drawLine(SheetLayout.MARGIN, middle, layout.width() - SheetLayout.MARGIN, middle);
        return y + SheetLayout.BETWEEN_GROUPS;
    }

    private int notes(Graphics2D canvas, int top) {
        if (sheet.notes().isEmpty()) {
            return top;
        }
        int room = layout.width() - 2 * SheetLayout.MARGIN;
        int y = rule(canvas, top);
        y = text(canvas, Lettering.HEADING, INK, "What was measured", SheetLayout.MARGIN, y, room) + 2;
        for (String note : sheet.notes()) {
            y = text(canvas, Lettering.TEXT, INK, note, SheetLayout.MARGIN, y, room) + 3;
        }
        return y;
    }

    private static int text(Graphics2D canvas, Font font, Color colour, String words, int left, int top, int room) {
        List<String> lines = Lettering.wrap(canvas, font, words, room);
        return Lettering.draw(canvas, font, colour, lines, left, top);
    }
}
