package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.Size;
import athanor.contracts.picture.Region;
import athanor.heads.HeadSpot;
import athanor.plan.Head;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

/** The modules plan and heads do not know each other, and mean the same head. */
class PointedOutHeadTest {

    @Test
    void aHeadThatIsPointedOutHasTheSameHairInBoth() {
        Rectangle2D planned =
                new Head(Head.face(new Region(Region.Kind.HEAD, 0.4, 0.2, 0.2, 0.27))).withHair(new Size(1000, 1000));
        Rectangle2D cut = HeadSpot.withHair(new Rectangle2D.Double(400, 200, 200, 270));

        assertThat(planned.getX()).isCloseTo(cut.getX(), within(1e-6));
        assertThat(planned.getY()).isCloseTo(cut.getY(), within(1e-6));
        assertThat(planned.getWidth()).isCloseTo(cut.getWidth(), within(1e-6));
        assertThat(planned.getHeight()).isCloseTo(cut.getHeight(), within(1e-6));
    }
}
