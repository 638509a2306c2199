package athanor.tinybase.world;

import org.jspecify.annotations.Nullable;

/**
 * A body and a head that may be anywhere and of anyone: what pictures need that the world does not have, such as two people,
 * a head without a body, or one person's head on another's shoulders.
 *
 * @param bodyAt null: only the head is painted
 * @param headAt null: only the body is painted
 */
public record Cutout(
        Scene body,
        @Nullable Figure bodyAt,
        Scene head,
        @Nullable Figure headAt) {

    /** @return the figure as the world has it */
    public static Cutout whole(Scene scene, Figure at) {
        return new Cutout(scene, at, scene, at);
    }

    Cutout enlarged(double factor) {
        return new Cutout(
                body,
                bodyAt == null ? null : bodyAt.enlarged(factor),
                head,
                headAt == null ? null : headAt.enlarged(factor));
    }

    void paint(Brush brush) {
        if (headAt != null && head.subject() == null) {
            brush.g().setTransform(headAt.transform());
            Head.behind(brush, head);
        }
        if (bodyAt != null) {
            brush.g().setTransform(bodyAt.transform());
            Subject subject = body.subject();
            Body.paint(brush, body, subject == null ? body.skin().rgb : subject.skin());
        }
        if (headAt != null) {
            brush.g().setTransform(headAt.transform());
            Subject subject = head.subject();
            if (subject == null) {
                Head.paint(brush, head);
            } else {
                SubjectHead.paint(brush, head, subject);
            }
        }
    }
}
