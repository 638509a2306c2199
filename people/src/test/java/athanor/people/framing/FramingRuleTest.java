package athanor.people.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.people.Box;
import athanor.people.Face;
import athanor.people.Joint;
import athanor.people.JointName;
import athanor.people.KeyPoint;
import athanor.people.PeopleSeen;
import athanor.people.Pose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A standing figure of 7.5 heads of 100 pixels, its crown 50 pixels below the upper edge, in pictures that end here and there. */
class FramingRuleTest {

    private static final int WIDTH = 600;

    @ParameterizedTest
    @CsvSource({
        "820, FULL", // 20 pixels below the soles
        "760, COWBOY", // through the feet
        "620, COWBOY", // below the knees
        "560, COWBOY", // above the knees, two thirds of the thigh are left
        "470, HALF", // below the hips
        "380, HALF", // waist
        "270, CLOSE_UP", // chest
        "1700, WIDE", // the figure is less than half as high
    })
    void theLowerEdgeDecides(int height, FramingClass expected) {
        Framing framing = FramingRule.of(seen(List.of(face(0)), figure(0, height)), WIDTH, height);

        assertThat(framing.framing()).isEqualTo(expected);
        assertThat(framing.confidence()).isGreaterThan(0.5);
        assertThat(framing.headShare().orElseThrow()).isCloseTo(100.0 / height, within(1e-9));
    }

    @Test
    void someoneSeenFromBehindNeedsNoFace() {
        Framing framing = FramingRule.of(seen(List.of(), figure(0, 820)), WIDTH, 820);

        assertThat(framing.framing()).isEqualTo(FramingClass.FULL);
        assertThat(framing.headShare().orElseThrow()).isCloseTo(100.0 / 820, within(0.01));
    }

    @Test
    void aBodyWithoutItsHeadIsHeadless() {
        assertThat(FramingRule.of(seen(List.of(), figure(-150, 620)), WIDTH, 620)
                        .framing())
                .isEqualTo(FramingClass.HEADLESS);
    }

    @Test
    void jointsThatAreNotSureClaimNothingWithoutAFace() {
        Pose dress = new Pose(0.88, figure(0, 820).box(), figure(0, 820).joints());

        assertThat(FramingRule.of(seen(List.of(), dress), WIDTH, 820).framing()).isEqualTo(FramingClass.UNKNOWN);
        assertThat(FramingRule.of(seen(List.of(face(0)), dress), WIDTH, 820).framing())
                .isEqualTo(FramingClass.FULL);
    }

    @Test
    void feetThatAFaceHasNoRoomForAreNotBelieved() {
        Face huge = faceOf(new Box(100, 0, 400, 400));

        Framing framing = FramingRule.of(seen(List.of(huge), figure(0, 820)), WIDTH, 820);

        assertThat(framing.framing()).isEqualTo(FramingClass.UNKNOWN);
        assertThat(framing.confidence()).isZero();
        assertThat(framing.why()).isEqualTo("joints say FULL, the head leaves room for 1.7 heads only");
    }

    @Test
    void feetThatTheHeadHasNoRoomForAreNotBelievedWithoutAFaceEither() {
        Pose folded = new Pose(
                0.99,
                new Box(200, 50, 200, 330),
                figure(0, 2000).joints().stream()
                        .map(joint -> new Joint(joint.name(), joint.x(), Math.min(joint.y(), 370), 0.99))
                        .toList());

        assertThat(FramingRule.of(seen(List.of(), folded), WIDTH, 380).framing())
                .isEqualTo(FramingClass.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"200, CLOSE_UP", "400, HALF", "600, UNKNOWN", "900, UNKNOWN"})
    void aFaceAloneIsBelievedUpToTheWaist(int height, FramingClass expected) {
        PeopleSeen seen = new PeopleSeen(List.of(face(0)), Optional.empty(), "test");

        assertThat(FramingRule.of(seen, WIDTH, height).framing()).isEqualTo(expected);
    }

    @Test
    void nobodyIsNoneAndSomethingIsUnknown() {
        Pose shadow = new Pose(0.2, figure(0, 820).box(), figure(0, 820).joints());

        assertThat(FramingRule.of(new PeopleSeen(List.of(), Optional.empty(), "test"), 600, 800)
                        .framing())
                .isEqualTo(FramingClass.NONE);
        assertThat(FramingRule.of(seen(List.of(), shadow), 600, 800).framing()).isEqualTo(FramingClass.UNKNOWN);
    }

    @Test
    void aNearFaceCountsMoreThanAWholeFigureBehindIt() {
        Face near = faceOf(new Box(350, 300, 240, 300));

        Framing framing = FramingRule.of(seen(List.of(near, face(0)), figure(0, 820)), WIDTH, 820);

        assertThat(framing.framing()).isEqualTo(FramingClass.UNKNOWN);
        assertThat(framing.why()).isEqualTo("the largest face and the largest body are of two people");
    }

    @Test
    void aSecondFaceOfTheSameSizeMakesSeveralPeople() {
        Face beside = face(200);
        Face small = faceOf(new Box(500, 60, 30, 40));

        assertThat(FramingRule.of(seen(List.of(face(0), beside), figure(0, 820)), WIDTH, 820)
                        .severalPeople())
                .isTrue();
        assertThat(FramingRule.of(seen(List.of(face(0), small), figure(0, 820)), WIDTH, 820)
                        .severalPeople())
                .isFalse();
    }

    private static PeopleSeen seen(List<Face> faces, Pose pose) {
        return new PeopleSeen(faces, Optional.of(pose), "test");
    }

    /** @param height of the picture: joints below it are guessed where they are, and told to be invisible */
    private static Pose figure(double down, int height) {
        List<Joint> joints = Arrays.stream(JointName.values())
                .map(name -> new Joint(
                        name, 300, 50 + down + heads(name) * 100, 50 + down + heads(name) * 100 < height ? 0.99 : 0.1))
                .toList();
        double top = Math.max(0, 50 + down);
        return new Pose(0.99, new Box(200, top, 200, Math.min(height, 800 + down) - top), joints);
    }

    private static double heads(JointName name) {
        return switch (name) {
            case LEFT_SHOULDER, RIGHT_SHOULDER -> 1.4;
            case LEFT_ELBOW, RIGHT_ELBOW -> 2.9;
            case LEFT_HIP, RIGHT_HIP -> 3.9;
            case LEFT_KNEE, RIGHT_KNEE -> 5.6;
            case LEFT_ANKLE, RIGHT_ANKLE, LEFT_HEEL, RIGHT_HEEL -> 7.2;
            case LEFT_FOOT_INDEX, RIGHT_FOOT_INDEX -> 7.4;
            case LEFT_WRIST, RIGHT_WRIST, LEFT_PINKY, RIGHT_PINKY, LEFT_INDEX, RIGHT_INDEX, LEFT_THUMB, RIGHT_THUMB ->
                4;
            default -> 0.6;
        };
    }

    /** Of the figure's head: the crown is a quarter of the box above it, the chin a tenth below. */
    private static Face face(double toTheRight) {
        double height = 100 / 1.35;
        return faceOf(new Box(300 - height / 2 + toTheRight, 50 + 0.25 * height, height, height));
    }

    private static Face faceOf(Box box) {
        return new Face(
                box,
                0.9,
                Arrays.stream(KeyPoint.Part.values())
                        .map(part -> new KeyPoint(part, box.centreX(), box.centreY()))
                        .toList());
    }
}
