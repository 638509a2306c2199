package athanor.heads;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class HeadCutTest {

    private static Rectangle2D head(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    @Test
    void aHeadHasAQuarterOfItsHeightAroundIt() {
        assertThat(HeadCut.around(head(400, 200, 80, 100), 1000, 1000)).contains(new Rectangle(365, 175, 150, 150));
    }

    @Test
    void atAnEdgeTheCutIsMovedAndNothingIsInvented() {
        assertThat(HeadCut.around(head(10, 5, 80, 100), 1000, 1000)).contains(new Rectangle(0, 0, 150, 150));
        assertThat(HeadCut.around(head(910, 880, 80, 100), 1000, 1000)).contains(new Rectangle(850, 850, 150, 150));
    }

    @Test
    void inACloseUpTheCutShrinksAsFarAsTheHeadIsWhole() {
        assertThat(HeadCut.around(head(40, 10, 80, 100), 160, 120)).contains(new Rectangle(20, 0, 120, 120));
        assertThat(HeadCut.around(head(0, 10, 80, 100), 80, 120))
                .as("narrower than the head is high")
                .isEmpty();
    }

    @Test
    void aHeadThatThePhotographCutsOffIsNone() {
        assertThat(HeadCut.around(head(400, -60, 80, 100), 1000, 1000)).isEmpty();
        assertThat(HeadCut.around(head(400, -10, 80, 100), 1000, 1000)).contains(new Rectangle(365, 0, 150, 150));
        assertThat(HeadCut.around(head(1200, 0, 80, 100), 1000, 1000)).isEmpty();
    }

    @Test
    void aMaskIsNoughtWhereTheHeadIsAndOneElsewhere() {
        float[] mask = HeadMask.without(head(4, 2, 4, 4), 12, 12);

        assertThat(mask[3 * 12 + 5]).isZero();
        assertThat(mask[3 * 12 + 1]).isEqualTo(1);
        assertThat(mask[11 * 12 + 5]).isEqualTo(1);
        float[] only = HeadMask.only(head(4, 2, 4, 4), 12, 12);
        float sum = 0;
        for (float weight : only) {
            sum += weight;
        }
        assertThat(sum).isEqualTo(16);
    }
}
