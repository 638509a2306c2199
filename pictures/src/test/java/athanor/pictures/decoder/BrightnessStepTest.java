package athanor.pictures.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BrightnessStepTest {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int UNIT = 16;

    /** Soft shapes with the grain of a camera. */
    private static BufferedImage photograph() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Random grain = new Random(19);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double shape = 110 + 50 * Math.sin(x / 31.0) * Math.cos(y / 23.0) + 12 * grain.nextGaussian();
                int level = (int) Math.max(0, Math.min(255, shape));
                image.setRGB(x, y, new Color(level, level, Math.min(255, level + 10)).getRGB());
            }
        }
        return image;
    }

    /** Everything from a place on is lighter, in the order in which blocks are written. */
    private static BufferedImage damagedFrom(int row, int column, int lighter) {
        BufferedImage image = photograph();
        for (int y = row; y < HEIGHT; y++) {
            for (int x = y < row + UNIT ? column : 0; x < WIDTH; x++) {
                Color before = new Color(image.getRGB(x, y));
                image.setRGB(
                        x,
                        y,
                        new Color(
                                        Math.min(255, before.getRed() + lighter),
                                        Math.min(255, before.getGreen() + lighter),
                                        Math.min(255, before.getBlue() + lighter))
                                .getRGB());
            }
        }
        return image;
    }

    @Test
    void aStepAlongTheBlocksIsFound() {
        assertThat(BrightnessStep.in(damagedFrom(96, 176, 30), UNIT)).contains(BrightnessStep.FOUND);
        assertThat(BrightnessStep.in(damagedFrom(32, 48, 60), UNIT)).contains(BrightnessStep.FOUND);
    }

    @Test
    void aPhotographHasNone() {
        assertThat(BrightnessStep.in(photograph(), UNIT)).isEmpty();
    }

    @Test
    void aBarAFrameAndATiltedHorizonAreNone() {
        BufferedImage framed = photograph();
        Graphics2D pen = framed.createGraphics();
        pen.setColor(Color.BLACK);
        pen.fillRect(0, 192, WIDTH, 48);
        pen.fillRect(0, 0, 48, HEIGHT);
        pen.dispose();
        BufferedImage horizon = photograph();
        pen = horizon.createGraphics();
        pen.setColor(new Color(200, 210, 240));
        pen.fillPolygon(new int[] {0, WIDTH, WIDTH, 0}, new int[] {0, 0, 96, 96 + UNIT}, 4);
        pen.dispose();

        assertThat(BrightnessStep.in(framed, UNIT)).isEmpty();
        assertThat(BrightnessStep.in(horizon, UNIT)).isEmpty();
    }
}
