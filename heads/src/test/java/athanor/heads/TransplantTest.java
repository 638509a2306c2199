package athanor.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class TransplantTest {

    private static final Color SKIN = new Color(225, 180, 150);
    private static final Color DARKER = new Color(200, 155, 125);
    private static final Color GREEN = new Color(60, 160, 70);

    /** A head of a colour with a red nose, on grey. */
    private static BufferedImage person(int side, double x, double y, double height, Color colour) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, side, side);
        pen.setColor(colour);
        pen.fillOval((int) (x - 0.4 * height), (int) (y - height / 2), (int) (0.8 * height), (int) height);
        pen.setColor(Color.RED);
        pen.fillOval((int) x - 4, (int) y - 4, 8, 8);
        pen.dispose();
        return image;
    }

    private static HeadSpot spot(double x, double y, double height) {
        return HeadSpot.pointedOut(new Rectangle2D.Double(x - 0.4 * height, y - height / 2, 0.8 * height, height));
    }

    @Test
    void theHeadIsAsLargeAsTheOneThatWasThereAndAllElseStays() {
        BufferedImage donor = person(400, 200, 200, 300, GREEN);
        BufferedImage body = person(200, 60, 50, 60, SKIN);

        BufferedImage made =
                Transplant.of(donor, spot(200, 200, 300), Transplant.Matte.EVERYTHING, body, spot(60, 50, 60));

        assertThat(made.getRGB(60, 35)).as("another colour of his own").isEqualTo(donor.getRGB(200, 125));
        assertThat(made.getRGB(60, 95)).isEqualTo(body.getRGB(60, 95));
        assertThat(made.getRGB(150, 150)).isEqualTo(body.getRGB(150, 150));
        assertThat(body.getRGB(60, 35)).as("the body's picture stays as it was").isEqualTo(SKIN.getRGB());
        int green = 0;
        for (int y = 0; y < 200; y++) {
            green += new Color(made.getRGB(60, y)).equals(GREEN) ? 1 : 0;
        }
        assertThat(green).as("60 high, less a soft edge and the nose").isBetween(36, 58);
    }

    @Test
    void coloursMoveTowardsThoseOfTheHeadBelow() {
        BufferedImage made = Transplant.of(
                person(200, 100, 100, 100, DARKER),
                spot(100, 100, 100),
                Transplant.Matte.EVERYTHING,
                person(200, 100, 100, 100, SKIN),
                spot(100, 100, 100));

        assertThat(new Color(made.getRGB(100, 80)).getRed()).isBetween(215, 225);
    }

    @Test
    void whatTheMatteLeavesOutStaysTheBodys() {
        BufferedImage body = person(200, 100, 100, 100, SKIN);

        BufferedImage made = Transplant.of(
                person(200, 100, 100, 100, GREEN),
                spot(100, 100, 100),
                (x, y) -> x < 100 ? 1 : 0,
                body,
                spot(100, 100, 100));

        assertThat(new Color(made.getRGB(80, 90))).isEqualTo(GREEN);
        assertThat(new Color(made.getRGB(120, 90))).isEqualTo(SKIN);
    }

    @Test
    void aTiltedHeadIsTurnedAsTheOtherIs() {
        BufferedImage donor = person(200, 100, 100, 100, GREEN);
        HeadSpot upright = HeadSpot.seen(
                new Rectangle2D.Double(60, 75, 80, 60), new Point2D.Double(100, 90), new Point2D.Double(100, 120));
        HeadSpot lying = HeadSpot.seen(
                new Rectangle2D.Double(60, 75, 80, 60), new Point2D.Double(90, 105), new Point2D.Double(120, 105));

        BufferedImage made = Transplant.of(donor, upright, Transplant.Matte.EVERYTHING, donor, lying);

        // The nose was five pixels above the anchor; a quarter turn against the clock puts it five to the left.
        assertThat(new Color(made.getRGB(100, 105))).isEqualTo(Color.RED);
    }

    @Test
    void eightOfAHundredMoreOrLessIsStillInProportion() {
        assertThat(Transplant.fits(0.96)).isTrue();
        assertThat(Transplant.fits(1.07)).isTrue();
        assertThat(Transplant.fits(172 / 79.0))
                .as("a head from a half figure on a full one")
                .isFalse();
    }

    @Test
    void coloursComeBackFromLabAsTheyWere() {
        for (int rgb : new int[] {0, 0xffffff, 0x123456, 0xc89b7d, 0x00ff00}) {
            assertThat(Lab.rgb(Lab.of(rgb))).isEqualTo(rgb);
        }
        assertThat(Lab.of(0xffffff)[0]).isCloseTo(100, within(1e-3));
    }
}
