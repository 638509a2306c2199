package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFeaturesTest {

    private static final int TIMESTEPS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void aPictureIsSeenAloneAsItIsSeenAmongOthers(String name) {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU)) {
            PictureFeatures features = new PictureFeatures(base, model);
            BufferedImage green = noise(Color.GREEN, 64, 32);
            BufferedImage red = noise(Color.RED, 32, 32);

            List<float[]> together = features.of(List.of(green, red, red, green), "a photo of a woman");

            int channels = base.unetConfig().blockOutChannels().get(0);
            assertThat(together).allSatisfy(seen -> assertThat(seen).hasSize(TIMESTEPS * 2 * channels));
            assertThat(distance(together.get(0), together.get(3))).isCloseTo(0, within(1e-4));
            assertThat(distance(together.get(1), together.get(2))).isCloseTo(0, within(1e-4));
            assertThat(distance(together.get(0), together.get(1))).isGreaterThan(1e-2);
            assertThat(distance(
                            together.get(1),
                            features.of(List.of(red), "a photo of a woman").get(0)))
                    .isCloseTo(0, within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "sd1")
    void whatIsJudgedDoesNotJudge(String name) {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU)) {
            PictureFeatures features = new PictureFeatures(base, model);
            List<BufferedImage> pictures = List.of(noise(Color.GREEN, 32, 32));
            float[] before = features.of(pictures, "a woman").get(0);
            LoraFile adapter = LoraFile.read(Path.of("src/test/resources/lora", name, "kohya.safetensors"));

            new TextToImage(base, model)
                    .render(
                            RenderRequest.of("a woman", 1, 1, 32, 32).withSteps(1),
                            LoraSet.of(adapter, 1),
                            RenderProgress.NONE);

            assertThat(features.of(pictures, "a woman").get(0)).isEqualTo(before);
        }
    }

    private static BufferedImage noise(Color colour, int width, int height) {
        Random random = new Random(3);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, colour.getRGB() & (0xff808080 | random.nextInt(1 << 24)));
        }
        return picture;
    }

    /** Root mean square of the difference. */
    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }
}
