package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PoseSeen;
import athanor.people.Box;
import athanor.people.Face;
import athanor.people.Joint;
import athanor.people.JointName;
import athanor.people.KeyPoint;
import athanor.people.PeopleSeen;
import athanor.people.Pose;
import athanor.people.framing.FramingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a part of a picture shows its person, judged by the same rule from the joints and faces that were found in the whole. No
 * pixel is looked at again: where the edges of the part lie among the joints is all that changes.
 */
public final class FramingOfPart {

    private FramingOfPart() {}

    /**
     * A rectangle in pixels of the picture.
     *
     * @param x first column
     * @param y first row
     */
    public record Part(double x, double y, double width, double height) {}

    /**
     * @param look what was seen in the whole picture
     * @param size of the whole picture, pixels
     * @return nothing where what was written down of the whole does not lead to the framing that was written down with it, as in
     *     documents without joints: then it says nothing of a part either
     */
    public static Optional<Framing> of(PeopleLook look, Size size, Part part) {
        return judged(look, size, new Part(0, 0, size.width(), size.height())) == look.framing()
                ? Optional.of(judged(look, size, part))
                : Optional.empty();
    }

    private static Framing judged(PeopleLook look, Size size, Part part) {
        PeopleSeen seen = new PeopleSeen(faces(look, size, part), pose(look, size, part), look.detector());
        return Framing.valueOf(FramingRule.of(seen, (int) Math.round(part.width()), (int) Math.round(part.height()))
                .framing()
                .name());
    }

    /** Those whose middle is in the part. */
    private static List<Face> faces(PeopleLook look, Size size, Part part) {
        List<Face> faces = new ArrayList<>();
        for (FaceSeen face : look.faces()) {
            if (face.width() > 0 && face.height() > 0) {
                Box box = new Box(
                        face.x() * size.width() - part.x(),
                        face.y() * size.height() - part.y(),
                        face.width() * size.width(),
                        face.height() * size.height());
                if (box.centreX() >= 0
                        && box.centreX() < part.width()
                        && box.centreY() >= 0
                        && box.centreY() < part.height()) {
                    faces.add(new Face(box, face.score(), inTheMiddle(box)));
                }
            }
        }
        return faces;
    }

    /** The framing is judged by the box alone; the points were not written down. */
    private static List<KeyPoint> inTheMiddle(Box box) {
        List<KeyPoint> points = new ArrayList<>();
        for (KeyPoint.Part part : KeyPoint.Part.values()) {
            points.add(new KeyPoint(part, box.centreX(), box.centreY()));
        }
        return points;
    }

    private static Optional<Pose> pose(PeopleLook look, Size size, Part part) {
        PoseSeen pose = look.pose();
        if (pose == null || pose.joints().size() != JointName.values().length) {
            return Optional.empty();
        }
        double left = Math.max(0, pose.x() * size.width() - part.x());
        double top = Math.max(0, pose.y() * size.height() - part.y());
        double right = Math.min(part.width(), (pose.x() + pose.width()) * size.width() - part.x());
        double bottom = Math.min(part.height(), (pose.y() + pose.height()) * size.height() - part.y());
        if (right <= left || bottom <= top) {
            return Optional.empty();
        }
        List<Joint> joints = new ArrayList<>();
        for (JointName name : JointName.values()) {
            PoseSeen.JointSeen joint = pose.joints().get(name.ordinal());
            joints.add(new Joint(
                    name,
                    joint.x() * size.width() - part.x(),
                    joint.y() * size.height() - part.y(),
                    joint.visibility()));
        }
        return Optional.of(new Pose(pose.score(), new Box(left, top, right - left, bottom - top), joints));
    }
}
