package athanor.contracts.picture;

/**
 * A face, brows to chin, in shares of the picture: 0 is its left or upper edge, 1 its right or lower one.
 *
 * @param score how sure the detector is, 0 to 1
 */
public record FaceSeen(double x, double y, double width, double height, double score) {}
