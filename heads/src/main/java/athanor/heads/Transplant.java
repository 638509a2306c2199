package athanor.heads;

import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;

/**
 * One person's head on another's body, as large as the head that was there. A soft ellipse of the donor, less what is not of a
 * person, with its colours moved towards those of the head below: gradient-domain cloning bleeds what is around the head into the face.
 */
public final class Transplant {

    /** Height of the head that is found afterwards over the one that was there: further away it is another proportion. */
    private static final double MOST_OFF = 0.08;
    /** Of the edge, over the height of the head. */
    private static final double FEATHER = 0.05;
    /** How much of the way to the other's colours. */
    private static final double MATCH = 0.8;
    /** Further is no other light but another colour of the person's own, which is kept. */
    private static final double MOST_MATCH = 20;
    /** The part of the ellipse in which colours are compared: a face without its hair. */
    private static final double FACE = 0.5;

    /** How much of a pixel of the donor's picture belongs to a person, 0 to 1. */
    @FunctionalInterface
    public interface Matte {
        float alpha(int x, int y);

        /** Where nobody can tell. */
        Matte EVERYTHING = (x, y) -> 1;
    }

    private Transplant() {}

    /** Whether a head fits the body that it is on. */
    public static boolean fits(double proportion) {
        return Math.abs(proportion - 1) <= MOST_OFF;
    }

    /**
     * @param from the head in the donor's picture
     * @param to the head that is replaced
     * @return the body's picture with the donor's head; what of the head would be beyond the donor's picture stays as it was
     */
    public static BufferedImage of(BufferedImage donor, HeadSpot from, Matte matte, BufferedImage body, HeadSpot to) {
        BufferedImage result = Pixels.opaqueCopy(body);
        double scale = to.size().over(from.size());
        // Resampled by whole pixels first: sampled one by one a large head would come out grainy on a small body.
        double shrunk = Math.min(1, scale);
        BufferedImage small =
                Resize.to(donor, Math.max(1, (int) Math.round(donor.getWidth() * shrunk)), Math.max(1, (int)
                        Math.round(donor.getHeight() * shrunk)));
        AffineTransform toDonor = new AffineTransform();
        toDonor.translate(from.anchor().getX(), from.anchor().getY());
        toDonor.rotate(from.tilt() - to.tilt());
        toDonor.scale(1 / scale, 1 / scale);
        toDonor.translate(-to.anchor().getX(), -to.anchor().getY());
        Point2D centre = inverse(toDonor).transform(from.centre(), null);
        double halfWidth = from.halfWidth() * scale;
        double halfHeight = from.halfHeight() * scale;
        double angle = to.tilt() - HeadSpot.UPRIGHT;
        Patch patch = new Patch(donor, small, toDonor, matte, centre, halfWidth, halfHeight, angle);
        double[] shift = shift(patch, result);
        int reach = (int) Math.ceil(Math.max(halfWidth, halfHeight) * (1 + 4 * FEATHER)) + 1;
        for (int y = (int) centre.getY() - reach; y <= centre.getY() + reach; y++) {
            for (int x = (int) centre.getX() - reach; x <= centre.getX() + reach; x++) {
                if (x < 0 || y < 0 || x >= result.getWidth() || y >= result.getHeight()) {
                    continue;
                }
                double alpha = patch.alpha(x, y);
                if (alpha > 0) {
                    result.setRGB(x, y, mixed(result.getRGB(x, y), moved(patch.rgb(x, y), shift), alpha));
                }
            }
        }
        return result;
    }

    private static double[] shift(Patch patch, BufferedImage below) {
        double[] difference = new double[3];
        int count = 0;
        for (int y = 0; y < below.getHeight(); y++) {
            for (int x = 0; x < below.getWidth(); x++) {
                if (patch.radius(x, y) < FACE && patch.alpha(x, y) > FACE) {
                    double[] there = Lab.of(below.getRGB(x, y));
                    double[] ours = Lab.of(patch.rgb(x, y));
                    for (int i = 0; i < difference.length; i++) {
                        difference[i] += there[i] - ours[i];
                    }
                    count++;
                }
            }
        }
        double length = 0;
        for (int i = 0; i < difference.length; i++) {
            difference[i] *= MATCH / Math.max(1, count);
            length += difference[i] * difference[i];
        }
        length = Math.sqrt(length);
        if (length > MOST_MATCH) {
            return new double[3];
        }
        return difference;
    }

    private static int moved(int rgb, double[] shift) {
        double[] lab = Lab.of(rgb);
        for (int i = 0; i < lab.length; i++) {
            lab[i] += shift[i];
        }
        return Lab.rgb(lab);
    }

    private static int mixed(int below, int above, double alpha) {
        int mixed = 0;
        for (int bits = 0; bits <= 16; bits += 8) {
            double level = (below >> bits & 255) * (1 - alpha) + (above >> bits & 255) * alpha;
            mixed |= (int) Math.round(level) << bits;
        }
        return mixed;
    }

    private static AffineTransform inverse(AffineTransform transform) {
        try {
            return transform.createInverse();
        } catch (NoninvertibleTransformException e) {
            throw new IllegalArgumentException("a head of no size cannot be moved", e);
        }
    }

    /** The donor's head as it lies over the body's picture. */
    private record Patch(
            BufferedImage donor,
            BufferedImage small,
            AffineTransform toDonor,
            Matte matte,
            Point2D centre,
            double halfWidth,
            double halfHeight,
            double angle) {

        /** 0 in the middle of the ellipse, 1 at its edge. */
        double radius(int x, int y) {
            double dx = x + 0.5 - centre.getX();
            double dy = y + 0.5 - centre.getY();
            double across = dx * Math.cos(angle) + dy * Math.sin(angle);
            double down = dy * Math.cos(angle) - dx * Math.sin(angle);
            return Math.hypot(across / halfWidth, down / halfHeight);
        }

        double alpha(int x, int y) {
            Point2D at = toDonor.transform(new Point2D.Double(x + 0.5, y + 0.5), null);
            int column = (int) Math.floor(at.getX());
            int row = (int) Math.floor(at.getY());
            if (column < 0 || row < 0 || column >= donor.getWidth() || row >= donor.getHeight()) {
                return 0;
            }
            double beyond = (radius(x, y) - 1) * Math.min(halfWidth, halfHeight) / (2 * FEATHER * 2 * halfHeight);
            double ramp = Math.max(0, Math.min(1, 0.5 - beyond / 2));
            return ramp * ramp * (3 - 2 * ramp) * matte.alpha(column, row);
        }

        /** Between the four pixels around. */
        int rgb(int x, int y) {
            Point2D at = toDonor.transform(new Point2D.Double(x + 0.5, y + 0.5), null);
            double column = at.getX() * small.getWidth() / donor.getWidth() - 0.5;
            double row = at.getY() * small.getHeight() / donor.getHeight() - 0.5;
            int left = (int) Math.floor(column);
            int top = (int) Math.floor(row);
            int above = mixed(pixel(left, top), pixel(left + 1, top), column - left);
            int below = mixed(pixel(left, top + 1), pixel(left + 1, top + 1), column - left);
            return mixed(above, below, row - top);
        }

        private int pixel(int x, int y) {
            return small.getRGB(
                            Math.max(0, Math.min(small.getWidth() - 1, x)),
                            Math.max(0, Math.min(small.getHeight() - 1, y)))
                    & 0xffffff;
        }
    }
}
