package athanor.people.framing;

import static athanor.people.framing.FramingClass.CLOSE_UP;
import static athanor.people.framing.FramingClass.COWBOY;
import static athanor.people.framing.FramingClass.FULL;
import static athanor.people.framing.FramingClass.HALF;
import static athanor.people.framing.FramingClass.HEADLESS;
import static athanor.people.framing.FramingClass.NONE;
import static athanor.people.framing.FramingClass.UNKNOWN;
import static athanor.people.framing.FramingClass.WIDE;

import athanor.people.Face;
import athanor.people.PeopleSeen;
import athanor.people.Pose;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges the framing by what was seen. Joints first: the lowest that is visible says where the picture cuts the figure, whatever
 * the person does. A face alone only says where a standing person would be cut. Where both contradict each other, or too little
 * was seen, nothing is claimed: a false {@link FramingClass#FULL} costs a LoRA more than a question.
 */
public final class FramingRule {

    /** Below it the joints are guesses about something that may be no person. */
    private static final double SURE_POSE = 0.5;

    /** Clothes without a wearer, rooms and patterns come up to 0.93; most people seen from behind are above 0.97. */
    private static final double SURE_WITHOUT_FACE = 0.95;

    /** A figure below this part of the picture is seen from far away. */
    private static final double WIDE_BELOW = 0.5;

    /** Where the classes end, in heads below the crown of a standing figure. */
    private static final double CHEST = 2.6;

    private static final double CROTCH = 4.2;

    /** The same along the body: parts of the way from shoulder to hip and from hip to knee. */
    private static final double CHEST_ON_TORSO = 0.47;

    /** Half of the thigh as the network guesses it below the edge is a third of it in truth: it puts unseen knees too high. */
    private static final double CROTCH_ON_THIGH = 0.52;

    /** A whole standing figure. */
    private static final double FIGURE = 7.5;

    /** With less room than this below the crown there are no legs in the picture. */
    private static final double ABOVE_CROTCH = 4.0;

    /** Somebody with a head of at least this part of another's height is as near. */
    private static final double ALIKE = 0.6;

    private FramingRule() {}

    /**
     * @param width of the picture that was looked at, pixels
     * @param height likewise
     */
    public static Framing of(PeopleSeen seen, int width, int height) {
        Optional<Pose> pose = seen.pose().filter(found -> found.score() >= SURE_POSE);
        Optional<Figure> figure = pose.map(found -> new Figure(found, width, height));
        Optional<Face> face = seen.mainFace();
        Judgement judgement = judge(seen, figure, face, height);
        return new Framing(
                judgement.framing(),
                judgement.confidence(),
                headShare(figure, face, height),
                figure.map(Figure::share).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                judgement.why(),
                seen.severalPeople());
    }

    private static OptionalDouble headShare(Optional<Figure> figure, Optional<Face> face, int height) {
        if (face.isPresent()) {
            return OptionalDouble.of(face.get().head().height() / height);
        }
        return figure.map(Figure::headShare).orElseGet(OptionalDouble::empty);
    }

    private static Judgement judge(PeopleSeen seen, Optional<Figure> figure, Optional<Face> face, int height) {
        if (figure.isPresent() && face.isPresent()) {
            double nearEnough = ALIKE * face.get().box().height();
            return seen.faces().stream()
                    .filter(near ->
                            near.box().height() >= nearEnough && figure.get().hasFace(near))
                    .findFirst()
                    .map(own -> byJoints(figure.get(), headsInPicture(own, height)))
                    .orElseGet(() -> ofTwoPeople(figure.get(), face.get(), height));
        }
        if (figure.isPresent()) {
            return figure.get().pose().score() >= SURE_WITHOUT_FACE
                    ? byJoints(figure.get(), figure.get().headsInPicture())
                    : new Judgement(
                            UNKNOWN, 0, "joints without a face, and not sure enough for a person seen from behind");
        }
        if (face.isPresent()) {
            return byFace(face.get(), height, "a face and no body was found");
        }
        return seen.pose().isPresent()
                ? new Judgement(UNKNOWN, 0, "something was found that may be a person")
                : new Judgement(NONE, 0.9, "neither a face nor a body was found");
    }

    /**
     * Where a figure is cut at the hips, the network may squeeze the legs into the picture. The head tells: there is no room for
     * them. (A crouching person has room for little more; that one is asked for.)
     */
    private static Judgement byJoints(Figure figure, double headsOfRoom) {
        Judgement joints = byJoints(figure);
        boolean legs = joints.framing() == COWBOY || joints.framing() == FULL || joints.framing() == WIDE;
        return legs && headsOfRoom < ABOVE_CROTCH
                ? new Judgement(
                        UNKNOWN,
                        0,
                        "joints say %s, the head leaves room for %.1f heads only"
                                .formatted(joints.framing(), headsOfRoom))
                : joints;
    }

    /** The largest face is not the head of the person with the joints. They may still say the same. */
    private static Judgement ofTwoPeople(Figure figure, Face face, int height) {
        Judgement joints = byJoints(figure, figure.headsInPicture());
        double headShare = face.head().height() / height;
        boolean alike = figure.headShare().orElse(0) >= ALIKE * headShare;
        if (alike || joints.framing() == WIDE && headsInPicture(face, height) > FIGURE) {
            return new Judgement(
                    joints.framing(), Math.min(0.6, joints.confidence()), joints.why() + "; there are others");
        }
        return figure.showsFeet()
                ? new Judgement(UNKNOWN, 0, "the largest face and the largest body are of two people")
                : byFace(face, height, "the largest face has no body that was found");
    }

    /** For figures without a head, with feet, and cut anywhere between. */
    private static Judgement byJoints(Figure figure) {
        if (figure.isHeadAbovePicture()) {
            return new Judgement(HEADLESS, 0.8, "the head is above the picture");
        }
        if (figure.showsFeet()) {
            return figure.share() < WIDE_BELOW
                    ? new Judgement(
                            WIDE,
                            0.9,
                            "feet are in the picture, the figure takes %.0f %% of it".formatted(100 * figure.share()))
                    : new Judgement(FULL, 0.9, "ankle and foot are in the picture");
        }
        if (figure.share() < WIDE_BELOW && figure.hasHiddenFeet() && figure.headsInPicture() > FIGURE) {
            return new Judgement(
                    WIDE,
                    0.7,
                    "the figure takes %.0f %% of the picture, its feet are hidden".formatted(100 * figure.share()));
        }
        if (figure.showsKnees()) {
            return new Judgement(COWBOY, 0.8, "a knee is in the picture, no foot is");
        }
        if (figure.showsHips()) {
            return figure.thighInPicture() < CROTCH_ON_THIGH
                    ? new Judgement(HALF, 0.8, "the picture ends at the hips")
                    : new Judgement(COWBOY, 0.7, "hips and part of the thighs are in the picture");
        }
        if (figure.showsShoulders() && figure.torsoInPicture() >= CHEST_ON_TORSO) {
            return new Judgement(HALF, 0.7, "the picture ends between chest and hips");
        }
        return new Judgement(CLOSE_UP, 0.8, "the picture ends at the chest or above");
    }

    private static Judgement byFace(Face face, int height, String why) {
        double heads = headsInPicture(face, height);
        String sentence = "%s; by the face there is room for %.1f heads".formatted(why, heads);
        if (heads < CHEST) {
            return new Judgement(CLOSE_UP, 0.6, sentence);
        }
        if (heads < CROTCH) {
            return new Judgement(HALF, 0.5, sentence);
        }
        return new Judgement(UNKNOWN, 0, sentence);
    }

    /** From the crown to the lower edge, in head heights. */
    private static double headsInPicture(Face face, int height) {
        return (height - face.head().y()) / face.head().height();
    }

    private record Judgement(FramingClass framing, double confidence, String why) {}
}
