package athanor.people.tflite;

import athanor.people.Box;
import athanor.people.Joint;
import athanor.people.JointName;
import athanor.people.Pose;
import athanor.people.PoseEstimator;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * BlazePose (Bazarevsky et al. 2020): a detector that finds people with their size and direction, then a network that finds the
 * joints in an upright square around the largest.
 */
final class BlazePose implements PoseEstimator {

    private static final AnchorGrid GRID = new AnchorGrid(224, new int[][] {{28, 2}, {14, 2}, {7, 6}}, 4);

    private static final double THRESHOLD = 0.5;

    /** The square that the second network reads, and how much larger than the person's circle it is. */
    private static final int SIDE = 256;

    private static final double MARGIN = 1.25;

    private static final double NOSE_TO_CROWN = 0.6 / 0.8; // of the way from shoulders to nose

    private static final int VALUES_OF_A_JOINT = 5; // x, y, z, visibility, presence

    private final Network detector;
    private final Network landmarks;

    BlazePose(Network detector, Network landmarks) {
        this.detector = detector;
        this.landmarks = landmarks;
    }

    @Override
    public Optional<Pose> pose(BufferedImage picture) {
        return pose(Preview.of(picture));
    }

    /** Tiles, as for faces, were tried: the cat, the bird and half of all clothes without a wearer became people. */
    Optional<Pose> pose(Preview preview) {
        Letterbox shown = preview.letterbox(preview.whole(), GRID.side(), -1);
        float[][] answer = detector.run(shown.rgb());
        return Candidate.best(GRID.candidates(answer[0], answer[1], THRESHOLD, shown)).stream()
                .map(BlazePose::around)
                .max(Comparator.comparingDouble(TurnedSquare::size))
                .map(square -> joints(preview, square));
    }

    /** The detector's first point is between the hips, the second on a circle around the whole person, above the head. */
    private static TurnedSquare around(Candidate person) {
        double x = person.points()[0];
        double y = person.points()[1];
        double towardsHeadX = person.points()[2] - x;
        double towardsHeadY = person.points()[3] - y;
        double radius = Math.hypot(towardsHeadX, towardsHeadY);
        return TurnedSquare.upright(x, y, 2 * MARGIN * radius, towardsHeadX, towardsHeadY);
    }

    private Pose joints(Preview preview, TurnedSquare square) {
        float[][] answer = landmarks.run(preview.cutOut(square, SIDE));
        float[] points = answer[0];
        List<Joint> joints = Arrays.stream(JointName.values())
                .map(name -> joint(name, points, square))
                .toList();
        return new Pose(answer[1][0], box(joints, preview), joints);
    }

    /** Around what is visible and in the picture, and the crown, for which there is no joint. */
    private static Box box(List<Joint> joints, Preview preview) {
        double width = preview.width() * (double) preview.shrunk();
        double height = preview.height() * (double) preview.shrunk();
        List<Joint> seen = joints.stream()
                .filter(joint -> joint.visibility() > 0.5
                        && joint.x() >= 0
                        && joint.y() >= 0
                        && joint.x() < width
                        && joint.y() < height)
                .toList();
        List<Joint> corners = new ArrayList<>(seen.isEmpty() ? joints : seen);
        if (corners.get(0).name() == JointName.NOSE) {
            corners.add(crown(joints));
        }
        double left = corners.stream().mapToDouble(Joint::x).min().orElseThrow();
        double right = corners.stream().mapToDouble(Joint::x).max().orElseThrow();
        double top = corners.stream().mapToDouble(Joint::y).min().orElseThrow();
        double bottom = corners.stream().mapToDouble(Joint::y).max().orElseThrow();
        left = clamp(left, width - 1);
        top = clamp(top, height - 1);
        return new Box(left, top, Math.max(1, clamp(right, width) - left), Math.max(1, clamp(bottom, height) - top));
    }

    /** In a figure of 7.5 heads the nose is 0.6 heads below the crown and the shoulders another 0.8. */
    private static Joint crown(List<Joint> joints) {
        Joint nose = joints.get(JointName.NOSE.ordinal());
        Joint left = joints.get(JointName.LEFT_SHOULDER.ordinal());
        Joint right = joints.get(JointName.RIGHT_SHOULDER.ordinal());
        double x = nose.x() + NOSE_TO_CROWN * (nose.x() - (left.x() + right.x()) / 2);
        double y = nose.y() + NOSE_TO_CROWN * (nose.y() - (left.y() + right.y()) / 2);
        return new Joint(JointName.NOSE, x, y, nose.visibility());
    }

    private static double clamp(double value, double most) {
        return Math.min(Math.max(value, 0), most);
    }

    private static Joint joint(JointName name, float[] points, TurnedSquare square) {
        int at = name.ordinal() * VALUES_OF_A_JOINT;
        double x = points[at] / SIDE;
        double y = points[at + 1] / SIDE;
        double visible = AnchorGrid.logistic(points[at + 3]);
        double present = AnchorGrid.logistic(points[at + 4]);
        return new Joint(name, square.x(x, y), square.y(x, y), Math.min(visible, present));
    }
}
