package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Region;
import athanor.pictures.Pixels;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws on a picture what is trained of it and what was seen in it. */
public final class CutPreview {

    /** Of the longer side, pixels. */
    public static final int SIDE = 640;

    private static final Color CUT_OFF = new Color(0, 0, 0, 150);
    private static final Color TRAINED = new Color(255, 255, 255);
    private static final Color MAIN_FACE = new Color(60, 220, 90);
    private static final Color OTHER_FACE = new Color(255, 170, 40);
    private static final Color POINTED_OUT = new Color(90, 170, 255);
    private static final Color BEHIND = new Color(0, 0, 0, 170);
    private static final float LINE = 2;

    private CutPreview() {}

    /**
     * What is cut off is dark, what is trained framed in white, the main person's face green, others orange; a picture that is left out is
     * dark as a whole.
     *
     * @param whole the upright picture, scaled down
     * @param upload its size before
     * @return PNG
     */
    public static byte[] of(BufferedImage whole, Size upload, PictureFate fate) {
        BufferedImage drawn = Pixels.opaqueCopy(whole);
        Graphics2D pen = pen(drawn);
        double width = drawn.getWidth();
        double height = drawn.getHeight();
        Area dark = new Area(new Rectangle2D.Double(0, 0, width, height));
        PictureFate.Cut cut = fate.cut();
        if (cut != null) {
            double across = width / upload.width();
            double down = height / upload.height();
            Rectangle2D trained =
                    new Rectangle2D.Double(cut.x() * across, cut.y() * down, cut.width() * across, cut.height() * down);
            dark.subtract(new Area(trained));
            shade(pen, dark);
            // The line lies inside of what is trained, so that it is seen where nothing is cut off.
            frame(
                    pen,
                    new Rectangle2D.Double(
                            trained.getX() + LINE / 2,
                            trained.getY() + LINE / 2,
                            trained.getWidth() - LINE,
                            trained.getHeight() - LINE),
                    TRAINED);
        } else {
            shade(pen, dark);
        }
        faces(pen, fate.faces(), width, height);
        pen.dispose();
        return Pixels.png(drawn);
    }

    /**
     * Before anybody knows what is trained of it: faces, and in blue what its owner pointed out.
     *
     * @param whole the upright picture, scaled down
     * @return PNG
     */
    public static byte[] seen(BufferedImage whole, List<FaceSeen> faces, List<Region> regions) {
        BufferedImage drawn = Pixels.opaqueCopy(whole);
        Graphics2D pen = pen(drawn);
        double width = drawn.getWidth();
        double height = drawn.getHeight();
        faces(pen, faces, width, height);
        for (Region region : regions) {
            frame(
                    pen,
                    new Rectangle2D.Double(
                            region.x() * width, region.y() * height, region.width() * width, region.height() * height),
                    POINTED_OUT);
        }
        pen.dispose();
        return Pixels.png(drawn);
    }

    private static Graphics2D pen(BufferedImage drawn) {
        Graphics2D pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return pen;
    }

    private static void faces(Graphics2D pen, List<FaceSeen> faces, double width, double height) {
        boolean main = true;
        for (FaceSeen face : faces) {
            Rectangle2D box = new Rectangle2D.Double(
                    face.x() * width, face.y() * height, face.width() * width, face.height() * height);
            frame(pen, box, main ? MAIN_FACE : OTHER_FACE);
            main = false;
        }
    }

    private static void shade(Graphics2D pen, Shape shape) {
        pen.setColor(CUT_OFF);
        pen.fill(shape);
    }

    /** With a dark line behind it, so that it is seen on white too. */
    private static void frame(Graphics2D pen, Rectangle2D box, Color color) {
        pen.setStroke(new BasicStroke(LINE + 2));
        pen.setColor(BEHIND);
        pen.draw(box);
        pen.setStroke(new BasicStroke(LINE));
        pen.setColor(color);
        pen.draw(box);
    }
}
