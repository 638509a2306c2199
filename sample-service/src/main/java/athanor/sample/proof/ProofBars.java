package athanor.sample.proof;

import athanor.contracts.proof.Estimate;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Two numbers of a trial as upright bars with their intervals: the subject where it is asked for, and where it is not. */
public final class ProofBars {

    private static final Color PAPER = new Color(0xfaf8f5);
    private static final Color GRID = new Color(0xe2dcd3);
    private static final Color SUBJECT = new Color(0x2f7d4f);
    private static final Color CLASS = new Color(0xb8452d);
    private static final Color WHISKER = new Color(0x26221e);
    private static final int QUARTERS = 4;
    private static final int WIDEST_BAR = 44;
    private static final int EDGE = 4;

    private ProofBars() {}

    /** @param leak of no pictures where the class cannot be told from the subject */
    public static BufferedImage paint(Estimate identity, Estimate leak, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = picture.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setColor(PAPER);
            canvas.fillRect(0, 0, width, height);
            canvas.setColor(GRID);
            for (int i = 0; i <= QUARTERS; i++) {
                int y = y((double) i / QUARTERS, height);
                canvas.drawLine(0, y, width, y);
            }
            bar(canvas, identity, SUBJECT, width / 4, width, height);
            if (leak.pictures() > 0) {
                bar(canvas, leak, CLASS, 3 * width / 4, width, height);
            }
        } finally {
            canvas.dispose();
        }
        return picture;
    }

    private static void bar(Graphics2D canvas, Estimate estimate, Color colour, int middle, int width, int height) {
        int half = Math.min(WIDEST_BAR, width / 4) / 2;
        int top = y(estimate.value(), height);
        canvas.setColor(colour);
        canvas.fillRect(middle - half, top, 2 * half, y(0, height) - top);
        canvas.setColor(WHISKER);
        canvas.setStroke(new BasicStroke(2));
        int low = y(estimate.low(), height);
        int high = y(estimate.high(), height);
        canvas.drawLine(middle, low, middle, high);
        canvas.drawLine(middle - EDGE, low, middle + EDGE, low);
        canvas.drawLine(middle - EDGE, high, middle + EDGE, high);
    }

    private static int y(double share, int height) {
        return (int) Math.round(EDGE + (1 - share) * (height - 2 * EDGE));
    }
}
