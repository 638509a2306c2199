package athanor.preprocess;

import athanor.contracts.dataset.PreparedPicture;
import athanor.plan.buckets.Placement;
import athanor.preprocess.plan.Part;
import java.awt.geom.Rectangle2D;

/** A part of a picture as it is trained on. */
record PlacedPart(Part part, Placement placement, PreparedPicture prepared) {

    /** Of a head: its height with its hair, in pixels of the trained picture. */
    double headHeight() {
        return part.headOfWhole().withHair(part.picture().size()).getHeight() * placement.scale();
    }

    /** A box of a picture where it comes to lie in the trained one. */
    static Rectangle2D inTrained(Rectangle2D box, Placement placement) {
        double across =
                (double) placement.resized().width() / placement.original().width();
        double down =
                (double) placement.resized().height() / placement.original().height();
        return new Rectangle2D.Double(
                box.getX() * across - placement.cropLeft(),
                box.getY() * down - placement.cropTop(),
                box.getWidth() * across,
                box.getHeight() * down);
    }
}
