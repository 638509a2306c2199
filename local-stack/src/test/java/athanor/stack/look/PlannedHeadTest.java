package athanor.stack.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.people.Box;
import athanor.people.Face;
import athanor.people.KeyPoint;
import athanor.plan.BaseFamily;
import athanor.plan.Planner;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plan knows no detectors, and has to mean the same head as they do. */
class PlannedHeadTest {

    private static final int SIDE = 1024;
    private static final Size AREA = new Size(640, 640);
    private static final int CELL = 8;

    @Test
    void theHeadIsAsHighAsThatOfTheFace() {
        Face face = face(new Box(400, 300, 120, 160));

        PlanView.Picture planned = plan(face, new Size(SIDE, SIDE));

        double scale = (double) AREA.height() / SIDE;
        assertThat(planned.headCells()).isCloseTo(face.head().height() * scale / CELL, within(1e-9));
        assertThat(planned.headCut()).isZero();
    }

    /** A head that is wider than what is left of the picture's width. */
    @Test
    void theCutIsThatOfTheHeadWithItsHair() {
        Face face = face(new Box(280, 300, 1040, 160));
        Size picture = new Size(1600, SIDE);

        PlanView.Picture planned = plan(face, picture);

        Box head = face.headWithHair();
        double columnsLeft = planned.bucket().width() / planned.scale();
        assertThat(head.width()).isBetween(columnsLeft, 1600.0);
        assertThat(planned.headCut()).isCloseTo(1 - columnsLeft / head.width(), within(0.001));
        assertThat(planned.headCut()).isPositive();
    }

    private static Face face(Box box) {
        return new Face(
                box,
                0.9,
                Arrays.stream(KeyPoint.Part.values())
                        .map(part -> new KeyPoint(part, box.centreX(), box.centreY()))
                        .toList());
    }

    private static PlanView.Picture plan(Face face, Size size) {
        Box box = face.box();
        FaceSeen seen = new FaceSeen(
                box.x() / size.width(),
                box.y() / size.height(),
                box.width() / size.width(),
                box.height() / size.height(),
                face.score());
        PlanRequest request = new PlanRequest(
                null,
                "SD1",
                "g80",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                AREA,
                List.of(new PlanRequest.Picture("woman.jpg", size.width(), size.height(), null, null, seen)));
        return Planner.plan(request, BaseFamily.SD1, 1).pictures().get(0);
    }
}
