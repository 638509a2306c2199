package athanor.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {

    @Test
    void everyGreyComesThroughLinearLightUnchanged() {
        for (int grey = 0; grey < 256; grey++) {
            BufferedImage flat = filled(40, 30, new Color(grey, grey, grey));

            BufferedImage small = Resize.to(flat, 7, 5);

            assertThat(small.getRGB(3, 2) & 0xff).isEqualTo(grey);
        }
    }

    @Test
    void fineTextureKeepsItsLight() {
        BufferedImage board = filled(256, 256, Color.BLACK);
        for (int y = 0; y < 256; y++) {
            for (int x = y % 2; x < 256; x += 2) {
                board.setRGB(x, y, 0xffffff);
            }
        }

        BufferedImage small = Resize.to(board, 64, 64);

        // half the light is sRGB 188; averaging the coded values would give 128
        assertThat(small.getRGB(32, 32) & 0xff).isCloseTo(188, within(1));
    }

    @Test
    void patternsTooFineForTheResultBecomeFlatInsteadOfMoire() {
        BufferedImage stripes = filled(600, 60, Color.BLACK);
        for (int x = 0; x < 600; x++) {
            int grey = (int) Math.round(127.5 + 127.5 * Math.cos(x * 2 * Math.PI / 2.3));
            for (int y = 0; y < 60; y++) {
                stripes.setRGB(x, y, grey * 0x010101);
            }
        }

        BufferedImage small = Resize.to(stripes, 100, 10);

        int lightest = 0;
        int darkest = 255;
        for (int x = 5; x < 95; x++) {
            int grey = small.getRGB(x, 5) & 0xff;
            lightest = Math.max(lightest, grey);
            darkest = Math.min(darkest, grey);
        }
        assertThat(lightest - darkest).isLessThan(8);
    }

    @Test
    void cutsAroundTheMiddle() {
        BufferedImage wide = filled(300, 100, Color.RED);
        for (int y = 0; y < 100; y++) {
            for (int x = 100; x < 200; x++) {
                wide.setRGB(x, y, 0x00ff00);
            }
        }

        BufferedImage middle = Resize.cutOut(wide, 300, 100, new Rectangle(100, 0, 100, 100));

        assertThat(middle.getWidth()).isEqualTo(100);
        assertThat(middle.getRGB(0, 0) & 0xffffff).isEqualTo(0x00ff00);
        assertThat(middle.getRGB(99, 99) & 0xffffff).isEqualTo(0x00ff00);
    }

    @ParameterizedTest
    @CsvSource({"301, 203, 60, 41", "301, 203, 350, 250", "64, 48, 64, 48", "90, 400, 45, 399"})
    void aPartIsWhatTheWholeHasThere(int width, int height, int resizedWidth, int resizedHeight) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        new Random(3).nextBytes(Resize.bytes(picture));
        Rectangle part = new Rectangle(resizedWidth / 5, resizedHeight / 3, resizedWidth / 2, resizedHeight / 2);

        BufferedImage cut = Resize.cutOut(picture, resizedWidth, resizedHeight, part);

        BufferedImage whole = Resize.to(picture, resizedWidth, resizedHeight);
        assertThat(Resize.bytes(cut))
                .isEqualTo(Resize.bytes(Pixels.opaqueCopy(whole.getSubimage(part.x, part.y, part.width, part.height))));
    }

    @Test
    void laysTransparencyOnWhite() {
        BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);

        assertThat(Resize.to(clear, 10, 10).getRGB(5, 5) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void pngIsLossless() throws Exception {
        BufferedImage picture = filled(9, 7, new Color(1, 2, 3));

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Pixels.png(picture)));

        assertThat(read.getRGB(8, 6) & 0xffffff).isEqualTo(0x010203);
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        return image;
    }
}
