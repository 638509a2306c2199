package athanor.tinybase.world;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints scenes. The same scene and size give the same pixels; sizes may be anything, square or not. */
public final class Painter {

    private Painter() {}

    /** @return RGB picture, anti-aliased */
    public static BufferedImage paint(Scene scene, int width, int height) {
        return paint(scene, List.of(Cutout.whole(scene, Figure.of(scene, width, height))), width, height);
    }

    /**
     * Paints the place of a scene with other figures than the scene's own.
     *
     * @param cutouts in pixels of this picture; later ones cover earlier ones
     */
    public static BufferedImage paint(Scene backdrop, List<Cutout> cutouts, int width, int height) {
        // small pictures are drawn larger and averaged, so that thin lines stay even
        int oversampling = Math.min(width, height) < 256 ? 2 : 1;
        BufferedImage large =
                new BufferedImage(width * oversampling, height * oversampling, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = large.createGraphics();
        Brush brush = Brush.on(g);
        double pictureUnit = oversampling * Math.min(width, height) / 64.0;
        g.scale(pictureUnit, pictureUnit);
        new Backdrop(brush, large.getWidth() / pictureUnit, large.getHeight() / pictureUnit, backdrop.jitter())
                .paint(backdrop.place());
        for (Cutout cutout : cutouts) {
            cutout.enlarged(oversampling).paint(brush);
        }
        g.dispose();
        return oversampling == 1 ? large : Pixels.halve(large);
    }
}
