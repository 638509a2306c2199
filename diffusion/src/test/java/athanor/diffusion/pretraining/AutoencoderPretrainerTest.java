package athanor.diffusion.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.training.AdamW;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoencoderPretrainerTest {

    private static final int SIDE = 32;
    private static final AdamW WITHOUT_DECAY = new AdamW(0.9, 0.99, 1e-8, 0, 1.0);

    @Test
    void theDecoderAloneGetsBetterAndTheEncoderKeepsEveryBit() {
        VaeConfig config;
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"))) {
            config = base.vaeConfig();
        }
        PretrainerState start;
        Map<String, float[]> before;
        try (AutoencoderPretrainer whole =
                AutoencoderPretrainer.ofTheWhole(config, AdamW.DEFAULT, 3e-4, ComputeType.FLOAT32, 7, null)) {
            float[] fresh = whole.state().values();
            start = new PretrainerState(0, fresh, new float[fresh.length], new float[fresh.length], fresh.clone());
            before = whole.weights();
        }

        try (AutoencoderPretrainer decoder =
                AutoencoderPretrainer.ofTheDecoder(config, WITHOUT_DECAY, ComputeType.FLOAT32, start)) {
            double first = step(decoder, config);
            double last = first;
            for (int i = 0; i < 20; i++) {
                last = step(decoder, config);
            }

            assertThat(last).isLessThan(0.8 * first);
            Map<String, float[]> after = decoder.weights();
            assertThat(after.keySet()).anyMatch(AutoencoderPretrainerTest::isOfTheEncoder);
            after.forEach((name, values) -> {
                if (isOfTheEncoder(name)) {
                    assertThat(values).as(name).isEqualTo(before.get(name));
                }
            });
            assertThat(after.get("decoder.conv_in.weight")).isNotEqualTo(before.get("decoder.conv_in.weight"));
        }
    }

    private static boolean isOfTheEncoder(String name) {
        return name.startsWith("encoder.") || name.startsWith("quant_conv.");
    }

    /** Always on the same picture. */
    private static double step(AutoencoderPretrainer pretrainer, VaeConfig config) {
        Random random = new Random(3);
        int latent = SIDE / config.factor();
        float[] picture = numbers(random, 3 * SIDE * SIDE);
        float[] noise = numbers(random, config.latentChannels() * latent * latent);
        return pretrainer.step(picture, noise, 1, SIDE, SIDE, 5e-3).meanSquaredError();
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() * 2 - 1;
        }
        return numbers;
    }
}
