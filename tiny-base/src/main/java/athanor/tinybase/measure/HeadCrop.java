package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.heads.HeadCut;
import athanor.heads.HeadMask;
import athanor.heads.HeadSpot;
import athanor.heads.Transplant;
import athanor.pictures.Resize;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A picture, the head cut out of it, and what else part-in-whole training makes of the pair: by the code that prepares the pictures of a
 * run, from heads that are pointed out as those of the example sets are.
 */
record HeadCrop(Scene scene) {

    private static final int SIDE = SubjectSet.SIDE;
    /** The picture that the head is cut from is larger, as a photograph would be. */
    private static final int SOURCE = 256;

    BufferedImage whole() {
        return Resize.to(source(scene), SIDE, SIDE);
    }

    /** @return the head with its hair, filling the frame */
    BufferedImage head() {
        Rectangle cut = cut();
        return Resize.to(source(scene).getSubimage(cut.x, cut.y, cut.width, cut.height), SIDE, SIDE);
    }

    /** Whether the whole picture teaches where the head belongs. */
    boolean teachesAPlace() {
        return HeadCut.teachesAPlace((double) SOURCE / cut().width);
    }

    /** Both sides of a pair name it. */
    Example of(Example example) {
        return example.from("scene " + Integer.toHexString(scene.hashCode()));
    }

    /** @return the subject's head in the right proportion on somebody else's body, somewhere else */
    BufferedImage transplant(Random random) {
        Scene other = Scene.random(random).with(scene.framing()).with(scene.gender());
        BufferedImage made = Transplant.of(
                source(scene),
                HeadSpot.pointedOut(head(scene, SOURCE)),
                Transplant.Matte.EVERYTHING,
                source(other),
                HeadSpot.pointedOut(head(other, SOURCE)));
        return Resize.to(made, SIDE, SIDE);
    }

    /** @return the whole picture with the head's region taken out of the loss */
    Example wholeWithoutHead(String caption) {
        Example plain = SubjectSet.example(whole(), caption);
        float[] mask = HeadMask.without(head(scene, SIDE), SIDE, SIDE);
        return new Example(Pixels.toPlanes(whole()), SIDE, SIDE, caption, plain.geometry(), mask);
    }

    private Rectangle cut() {
        return HeadCut.around(head(scene, SOURCE), SOURCE, SOURCE).orElseThrow();
    }

    private static BufferedImage source(Scene scene) {
        return Painter.paint(scene, SOURCE, SOURCE);
    }

    /** With its hair. */
    private static Rectangle2D head(Scene scene, int side) {
        return HeadSpot.withHair(Figure.of(scene, side, side).head());
    }
}
