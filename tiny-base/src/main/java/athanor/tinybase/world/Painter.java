package athanor.tinybase.world;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Paints scenes. The same scene and size give the same pixels; sizes may be anything, square or not. */
public final class Painter {

    private Painter() {}

    /** @return RGB picture, anti-aliased; small ones are drawn larger and averaged, so that thin lines stay even */
    public static BufferedImage paint(Scene scene, int width, int height) {
        int oversampling = Math.min(width, height) < 256 ? 2 : 1;
        BufferedImage large = draw(scene, width * oversampling, height * oversampling);
        return oversampling == 1 ? large : Pixels.halve(large);
    }

    private static BufferedImage draw(Scene scene, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        Brush brush = Brush.on(g);
        double pictureUnit = Math.min(width, height) / 64.0;
        g.scale(pictureUnit, pictureUnit);
        new Backdrop(brush, width / pictureUnit, height / pictureUnit, scene.jitter()).paint(scene.place());
        g.setTransform(Figure.of(scene, width, height).transform());
        Subject subject = scene.subject();
        if (subject == null) {
            Head.behind(brush, scene);
            Body.paint(brush, scene, scene.skin().rgb);
            Head.paint(brush, scene);
        } else {
            Body.paint(brush, scene, subject.skin());
            SubjectHead.paint(brush, scene, subject);
        }
        g.dispose();
        return image;
    }
}
