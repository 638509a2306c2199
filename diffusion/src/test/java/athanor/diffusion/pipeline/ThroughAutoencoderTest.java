package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThroughAutoencoderTest {

    /** The base that ships with the project and a picture of its world. */
    @Test
    void whatTheAutoencoderKnowsComesBackNearlyAsItWas() throws IOException {
        BufferedImage picture = ImageIO.read(new File("../tiny-base/examples/moss/01.png"));
        try (BaseModel base = BaseModel.open(Path.of("../tiny-base/models/tiny"));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU)) {
            ThroughAutoencoder autoencoder = new ThroughAutoencoder(base, model);
            BufferedImage whole = picture.getSubimage(0, 0, 64, 64);

            BufferedImage back = autoencoder.of(whole);

            assertThat(back.getWidth()).isEqualTo(64);
            assertThat(back.getHeight()).isEqualTo(64);
            double difference = difference(whole, back);
            assertThat(difference).isBetween(0.1, 20.0);
            assertThat(difference).isLessThan(difference(whole, turned(whole)) / 2);
            assertThatThrownBy(() -> autoencoder.of(whole.getSubimage(0, 0, 63, 64)))
                    .hasMessageStartingWith("a picture of 63 x 64 pixels has sides that are no multiples of ");
        }
    }

    /** Mean over pixels and channels, levels of 255. */
    private static double difference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return sum / (3.0 * one.getWidth() * one.getHeight());
    }

    private static BufferedImage turned(BufferedImage picture) {
        BufferedImage turned = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                turned.setRGB(x, picture.getHeight() - 1 - y, picture.getRGB(x, y));
            }
        }
        return turned;
    }
}
