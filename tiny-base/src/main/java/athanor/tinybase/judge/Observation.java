package athanor.tinybase.judge;

import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Place;
import athanor.tinybase.world.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the judge saw in one picture.
 *
 * @param torsos middles of shirts
 * @param feet points between two feet
 */
public record Observation(
        int width, int height, Place place, List<SeenHead> heads, List<Spot> torsos, List<Spot> feet) {

    /** Tolerance of the head's share of the figure; the world's own people differ by less than 1 %. */
    private static final double SHARE_TOLERANCE = 0.2;
    /** How far a shirt may lie from where it belongs, in half heights of the head. */
    private static final double MISPLACED = 0.6;

    /** @return the largest head */
    public Optional<SeenHead> head() {
        return heads.stream().max(Comparator.comparingDouble(SeenHead::halfHeight));
    }

    /** @return whether the largest head is the subject's */
    public boolean shows(Subject subject) {
        return head().filter(head -> head.subject() == subject).isPresent();
    }

    /** @return by the size of the largest head */
    public Optional<Framing> framing() {
        return head().map(head -> Framing.ofHead(head.halfHeight(), width, height));
    }

    /** @return whether exactly one head is seen, and for a picture that should show one, not more than one shirt */
    public boolean isOnePerson() {
        return heads.size() == 1 && torsos.size() <= 1 && feet.size() <= 1;
    }

    /** @return whether a shirt lies where the largest head wants it */
    public boolean headIsOnABody() {
        return head().filter(head -> torsos.stream().anyMatch(torso -> belongs(head, torso)))
                .isPresent();
    }

    /** @return height of the largest head over the height from its top to the feet; empty where no feet are seen */
    public Optional<Double> headShare() {
        if (head().isEmpty() || feet.isEmpty()) {
            return Optional.empty();
        }
        SeenHead head = head().get();
        double ground = feet.stream().mapToDouble(Spot::y).max().orElseThrow();
        double top = head.centre().y() - head.halfHeight();
        return ground > head.centre().y() ? Optional.of(2 * head.halfHeight() / (ground - top)) : Optional.empty();
    }

    /** @return whether the head has the share of the figure that the world's heads have */
    public boolean headShareIsRight() {
        return headShare()
                .filter(share -> Math.abs(share / Figure.headShare() - 1) < SHARE_TOLERANCE)
                .isPresent();
    }

    /** @return whether this is one whole figure: one small head, on a body, above feet, in the right proportion */
    public boolean isWholeFigure() {
        return isOnePerson()
                && framing().filter(Framing.FULL_BODY::equals).isPresent()
                && headIsOnABody()
                && headShareIsRight();
    }

    private static boolean belongs(SeenHead head, Spot torso) {
        double wantedY = head.centre().y() + Figure.headToTorso() * head.halfHeight();
        double tolerance = MISPLACED * head.halfHeight();
        return Math.abs(torso.x() - head.centre().x()) < tolerance && Math.abs(torso.y() - wantedY) < tolerance;
    }
}
