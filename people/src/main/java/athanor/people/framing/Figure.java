package athanor.people.framing;

import static athanor.people.JointName.LEFT_ANKLE;
import static athanor.people.JointName.LEFT_EYE;
import static athanor.people.JointName.LEFT_FOOT_INDEX;
import static athanor.people.JointName.LEFT_HIP;
import static athanor.people.JointName.LEFT_KNEE;
import static athanor.people.JointName.LEFT_SHOULDER;
import static athanor.people.JointName.NOSE;
import static athanor.people.JointName.RIGHT_ANKLE;
import static athanor.people.JointName.RIGHT_EYE;
import static athanor.people.JointName.RIGHT_FOOT_INDEX;
import static athanor.people.JointName.RIGHT_HIP;
import static athanor.people.JointName.RIGHT_KNEE;
import static athanor.people.JointName.RIGHT_SHOULDER;

import athanor.people.Box;
import athanor.people.Face;
import athanor.people.Joint;
import athanor.people.JointName;
import athanor.people.Pose;
import java.util.OptionalDouble;

/** A pose against the edges of its picture. */
record Figure(Pose pose, int width, int height) {

    private static final double VISIBLE = 0.5;

    /** Feet below this part of the height are cut off, whatever the network extrapolates. */
    private static final double LOWEST_FOOT = 0.985;

    /** Heads between nose and shoulders of a standing figure. */
    private static final double NOSE_TO_SHOULDERS = 0.8;

    private static final double NOSE_BELOW_CROWN = 0.6;

    double share() {
        Box box = pose.box();
        boolean lies = Math.abs(x(LEFT_SHOULDER, RIGHT_SHOULDER) - x(LEFT_ANKLE, RIGHT_ANKLE))
                > Math.abs(y(LEFT_SHOULDER, RIGHT_SHOULDER) - y(LEFT_ANKLE, RIGHT_ANKLE));
        double alongHeight = box.height() / height;
        return lies ? Math.max(alongHeight, box.width() / width) : alongHeight;
    }

    OptionalDouble headShare() {
        return shows(NOSE) ? OptionalDouble.of(headHeight() / height) : OptionalDouble.empty();
    }

    /** From the crown to the lower edge, in heads; without end where the head is not seen. */
    double headsInPicture() {
        double crown = pose.joint(NOSE).y() - NOSE_BELOW_CROWN * headHeight();
        return shows(NOSE) ? (height - crown) / headHeight() : Double.POSITIVE_INFINITY;
    }

    private double headHeight() {
        Joint nose = pose.joint(NOSE);
        double toShoulders =
                Math.hypot(nose.x() - x(LEFT_SHOULDER, RIGHT_SHOULDER), nose.y() - y(LEFT_SHOULDER, RIGHT_SHOULDER));
        return Math.max(1, toShoulders / NOSE_TO_SHOULDERS);
    }

    boolean hasFace(Face face) {
        Joint nose = pose.joint(NOSE);
        Box head = face.headWithHair();
        return nose.x() >= head.x() && nose.x() <= head.right() && nose.y() >= head.y() && nose.y() <= head.bottom();
    }

    boolean isHeadAbovePicture() {
        return pose.joint(NOSE).y() < 0
                && pose.joint(LEFT_EYE).y() < 0
                && pose.joint(RIGHT_EYE).y() < 0;
    }

    boolean showsFeet() {
        return showsFoot(LEFT_ANKLE, LEFT_FOOT_INDEX) || showsFoot(RIGHT_ANKLE, RIGHT_FOOT_INDEX);
    }

    private boolean showsFoot(JointName ankle, JointName foot) {
        return shows(ankle)
                && shows(foot)
                && Math.max(pose.joint(ankle).y(), pose.joint(foot).y()) < LOWEST_FOOT * height;
    }

    /** The feet would be in the picture, were it not for something before them. */
    boolean hasHiddenFeet() {
        return y(LEFT_ANKLE, RIGHT_ANKLE) < LOWEST_FOOT * height;
    }

    boolean showsKnees() {
        return shows(LEFT_KNEE) || shows(RIGHT_KNEE);
    }

    boolean showsHips() {
        return shows(LEFT_HIP) || shows(RIGHT_HIP);
    }

    boolean showsShoulders() {
        return shows(LEFT_SHOULDER) || shows(RIGHT_SHOULDER);
    }

    /** How much of the way from hip to knee is above the lower edge, 0 to 1 and more. */
    double thighInPicture() {
        return partInPicture(y(LEFT_HIP, RIGHT_HIP), y(LEFT_KNEE, RIGHT_KNEE));
    }

    /** How much of the way from shoulder to hip is above the lower edge, 0 to 1 and more. */
    double torsoInPicture() {
        return partInPicture(y(LEFT_SHOULDER, RIGHT_SHOULDER), y(LEFT_HIP, RIGHT_HIP));
    }

    private double partInPicture(double upper, double lower) {
        return lower > upper ? (height - upper) / (lower - upper) : 1;
    }

    private boolean shows(JointName name) {
        Joint joint = pose.joint(name);
        return joint.visibility() > VISIBLE
                && joint.x() >= 0
                && joint.y() >= 0
                && joint.x() < width
                && joint.y() < height;
    }

    private double x(JointName left, JointName right) {
        return (pose.joint(left).x() + pose.joint(right).x()) / 2;
    }

    private double y(JointName left, JointName right) {
        return (pose.joint(left).y() + pose.joint(right).y()) / 2;
    }
}
