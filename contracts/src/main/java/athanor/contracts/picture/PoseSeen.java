package athanor.contracts.picture;

import athanor.contracts.Check;
import java.util.List;

/**
 * How the main person of a picture stands, sits or lies, in shares of the picture.
 *
 * @param score how sure the estimator is that these joints belong to a person, 0 to 1
 * @param x left edge of the box around the joints that are seen
 * @param y its upper edge
 * @param joints in the order of the detector; those of BlazePose are 33
 */
public record PoseSeen(double score, double x, double y, double width, double height, List<JointSeen> joints) {

    public PoseSeen {
        joints = List.copyOf(Check.present(joints, "joints"));
    }

    /**
     * Where a joint is thought to be, which may be outside of the picture.
     *
     * @param visibility 0 to 1: how likely it is in the picture and not hidden
     */
    public record JointSeen(double x, double y, double visibility) {}
}
