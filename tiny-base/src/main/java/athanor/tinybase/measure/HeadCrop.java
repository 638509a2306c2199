package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.tinybase.world.Cutout;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A picture, the head cut out of it, and what else part-in-whole training makes of the pair. */
record HeadCrop(Scene scene) {

    private static final int SIDE = SubjectSet.SIDE;
    /** The picture that the head is cut from is larger, as a photograph would be. */
    private static final int SOURCE = 256;

    BufferedImage whole() {
        return Painter.paint(scene, SIDE, SIDE);
    }

    /** @return the head with its hair, filling the frame */
    BufferedImage head() {
        BufferedImage source = Painter.paint(scene, SOURCE, SOURCE);
        Rectangle2D head = Figure.of(scene, SOURCE, SOURCE).head();
        int side = (int) Math.min(SOURCE, head.getHeight() * 1.7);
        int x = clamp(head.getCenterX() - side / 2.0, SOURCE - side);
        int y = clamp(head.getCenterY() - side * 0.56, SOURCE - side);
        BufferedImage crop = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = crop.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(source.getSubimage(x, y, side, side), 0, 0, SIDE, SIDE, null);
        g.dispose();
        return crop;
    }

    /** @return the subject's head in the right proportion on somebody else's body, somewhere else */
    BufferedImage transplant(Random random) {
        Scene other = Scene.random(random).with(scene.framing()).with(scene.gender());
        Figure at = Figure.of(other, SIDE, SIDE);
        return Painter.paint(other, List.of(new Cutout(other, at, scene, at)), SIDE, SIDE);
    }

    /** @return the whole picture with the head's region taken out of the loss */
    Example wholeWithoutHead(String caption) {
        Rectangle2D head = Figure.of(scene, SIDE, SIDE).head();
        float[] mask = new float[SIDE * SIDE];
        Arrays.fill(mask, 1);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                // hair reaches further up than the skull
                boolean inside = Math.abs(x - head.getCenterX()) < 0.85 * head.getWidth()
                        && y < head.getMaxY()
                        && y > head.getMinY() - 0.6 * head.getHeight();
                if (inside) {
                    mask[y * SIDE + x] = 0;
                }
            }
        }
        Example plain = SubjectSet.example(whole(), caption);
        return new Example(Pixels.toPlanes(whole()), SIDE, SIDE, caption, plain.geometry(), mask);
    }

    private static int clamp(double value, int max) {
        return (int) Math.max(0, Math.min(max, value));
    }
}
