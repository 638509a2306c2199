package athanor.people;

import java.util.List;

/**
 * A face that was found.
 *
 * @param box from the brows to the chin, ears not included
 * @param score how sure the detector is, 0 to 1
 * @param keyPoints one for each {@link KeyPoint.Part}, in that order
 */
public record Face(Box box, double score, List<KeyPoint> keyPoints) {

    /** Where the crown is above the box, in heights of the box: short hair, and any hair. Measured on photographs. */
    private static final double CROWN_OF_SHORT_HAIR = 0.25;

    private static final double CROWN_OF_ANY_HAIR = 0.45;

    /** Where the chin is below the box's upper edge, and how wide a head with its hair is. */
    private static final double CHIN = 1.10;

    private static final double WIDTH_WITH_HAIR = 1.5;

    public Face {
        keyPoints = List.copyOf(keyPoints);
        if (keyPoints.size() != KeyPoint.Part.values().length) {
            throw new IllegalArgumentException(
                    "a face has %d key points, got %d".formatted(KeyPoint.Part.values().length, keyPoints.size()));
        }
    }

    /** The head as proportions count it, from crown to chin; big hair reaches beyond it. */
    public Box head() {
        return headFrom(CROWN_OF_SHORT_HAIR);
    }

    /** The head with any hair: what a crop must not cut. */
    public Box headWithHair() {
        return headFrom(CROWN_OF_ANY_HAIR);
    }

    public KeyPoint keyPoint(KeyPoint.Part part) {
        return keyPoints.get(part.ordinal());
    }

    private Box headFrom(double crownAbove) {
        double width = WIDTH_WITH_HAIR * box.width();
        double height = (crownAbove + CHIN) * box.height();
        return new Box(box.centreX() - width / 2, box.y() - crownAbove * box.height(), width, height);
    }
}
