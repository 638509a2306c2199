package athanor.pictures.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RegionMeasuresTest {

    private static final Rectangle FACE = new Rectangle(145, 60, 150, 150);

    @Test
    void aSharpBackgroundDoesNotSaveASoftFace() throws IOException {
        BufferedImage photograph = MeasuresTest.photograph("astronaut");
        BufferedImage softFace = Scenes.cut(photograph, 0, 0, 512, 512);
        BufferedImage soft = Scenes.blurred(photograph, 3);
        Graphics2D canvas = softFace.createGraphics();
        canvas.drawImage(soft.getSubimage(FACE.x, FACE.y, FACE.width, FACE.height), FACE.x, FACE.y, null);
        canvas.dispose();

        RegionMeasures sharp = RegionMeasures.of(photograph, FACE);
        RegionMeasures blurred = RegionMeasures.of(softFace, FACE);

        assertThat(sharp.blurred()).isFalse();
        assertThat(blurred.blurred()).isTrue();
        assertThat(blurred.edgeBlur().orElseThrow())
                .isGreaterThan(sharp.edgeBlur().orElseThrow() + 1);
    }

    @Test
    void aFaceOfAFewPixelsIsNotJudged() throws IOException {
        RegionMeasures tiny = RegionMeasures.of(MeasuresTest.photograph("astronaut"), new Rectangle(200, 100, 40, 40));

        assertThat(tiny.edgeBlur()).isEmpty();
        assertThat(tiny.blurred()).isFalse();
    }

    @Test
    void whatLiesOutsideIsLeftOut() {
        BufferedImage scene = Scenes.scene(41, 300, 300);

        assertThat(RegionMeasures.of(scene, new Rectangle(200, 200, 200, 200)).side())
                .isEqualTo(100);
        assertThatThrownBy(() -> RegionMeasures.of(scene, new Rectangle(400, 0, 10, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside of the picture of 300 x 300");
    }
}
