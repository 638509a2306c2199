package athanor.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.GoldenJson;
import athanor.diffusion.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {

    /** The scaled-linear schedule of Stable Diffusion 1.5: 1000 steps, beta 0.00085 to 0.012. */
    @Test
    void scaledLinearScheduleEndsWhereStableDiffusionWasTrained() {
        NoiseSchedule schedule = NoiseSchedule.scaledLinear(0.00085, 0.012, 1000);

        assertThat(schedule.alphaCumprod(0)).isCloseTo(0.99915, within(1e-6));
        assertThat(schedule.alphaCumprod(999)).isCloseTo(0.0046601, within(1e-6));
        assertThat(schedule.sigmas()[999]).isCloseTo(14.6146, within(1e-4));
        assertThat(schedule.snr(999)).isCloseTo(1 / (14.6146 * 14.6146), within(1e-7));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyScheduleEqualsTheReference() {
        Map<String, Object> schedules =
                (Map<String, Object>) GoldenJson.read("samplers.json").get("schedules");

        schedules.forEach((name, golden) -> {
            Map<String, Object> fields = (Map<String, Object>) golden;
            NoiseSchedule schedule = NoiseSchedule.of(SchedulerConfig.from((Map<String, Object>) fields.get("config")));
            List<Number> at = (List<Number>) fields.get("at");
            List<Number> expected = (List<Number>) fields.get("alphas_cumprod");
            for (int i = 0; i < at.size(); i++) {
                assertThat(schedule.alphaCumprod(at.get(i).intValue()))
                        .as("%s at timestep %s", name, at.get(i))
                        .isCloseTo(expected.get(i).doubleValue(), Percentage.withPercentage(1e-4));
            }
        });
    }

    @Test
    void zeroTerminalSnrLeavesNothingOfThePictureAtTheEnd() {
        NoiseSchedule schedule = NoiseSchedule.of(SchedulerConfig.from(Map.of("rescale_betas_zero_snr", true)));

        assertThat(schedule.alphaCumprod(999)).isZero();
        assertThat(schedule.snr(999)).isZero();
        assertThat(schedule.alphaCumprod(0)).isCloseTo(1 - 0.0001, within(1e-6));
        assertThat(schedule.sigmas()[999]).isCloseTo(4096, within(0.1));
    }

    @Test
    void aVelocityTargetTurnsBackIntoThePicture() {
        NoiseLevel level = NoiseSchedule.scaledLinear(0.00085, 0.012, 1000).level(700);
        double picture = 0.7;
        double noise = -1.3;
        double noisy = level.alpha() * picture + level.sigma() * noise;

        for (PredictionType type : PredictionType.values()) {
            Mix target = type.target(level);
            Mix clean = type.clean(level);
            double output = target.first() * picture + target.second() * noise;
            assertThat(clean.first() * noisy + clean.second() * output)
                    .as(type.configName())
                    .isCloseTo(picture, within(1e-6));
        }
    }

    @Test
    void aTimestepThatDoesNotExistIsNamed() {
        NoiseSchedule schedule = NoiseSchedule.scaledLinear(0.00085, 0.012, 1000);

        assertThatThrownBy(() -> schedule.alphaCumprod(1000)).hasMessageContaining("timestep 1000 does not exist");
    }

    @Test
    void anUnknownScheduleSaysWhichAreKnown() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("beta_schedule", "sigmoid")))
                .hasMessageContaining("'sigmoid'")
                .hasMessageContaining("scaled_linear");
    }

    /** What diffusers saves for a multistep solver is no JSON in the strict sense. */
    @Test
    void infinityIsReadAsPythonWritesIt() throws Exception {
        Map<String, ?> json = Json.parseObject("{\"lambda_min_clipped\": -Infinity}".getBytes(StandardCharsets.UTF_8));

        assertThat(SchedulerConfig.from(json).solver().smallestLambda()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(SchedulerConfig.from(Map.of("lambda_min_clipped", "-inf"))
                        .solver()
                        .smallestLambda())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
