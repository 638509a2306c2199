package athanor.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.schedule.SchedulerConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplerNameTest {

    private static final SchedulerConfig BARE = SchedulerConfig.from(Map.of());

    @Test
    void bothTheShortAndTheLongNameFindASampler() {
        assertThat(SamplerName.named("euler_a")).isEqualTo(SamplerName.EULER_ANCESTRAL);
        assertThat(SamplerName.named("DPMPP_2M_Karras")).isEqualTo(SamplerName.DPMPP_2M_KARRAS);
    }

    @Test
    void anUnknownNameSaysWhichSamplersThereAre() {
        assertThatThrownBy(() -> SamplerName.named("heun"))
                .hasMessageContaining("'heun'")
                .hasMessageContaining("ddim, euler, euler_a, dpmpp_2m, dpmpp_2m_karras");
    }

    @Test
    void everySamplerPlansAsManyStepsAsItWasAskedFor() {
        for (SamplerName name : SamplerName.values()) {
            for (int steps : new int[] {1, 2, 15, 50, 61, 103, 500}) {
                assertThat(name.of(BARE).plan(steps).steps())
                        .as("%s, %d steps", name, steps)
                        .hasSize(steps);
            }
        }
    }

    @Test
    void noSamplerTakesMoreStepsThanTheModelHasTimesteps() {
        for (SamplerName name : SamplerName.values()) {
            assertThatThrownBy(() -> name.of(BARE).plan(1001))
                    .hasMessageContaining("1001 sampling steps; this model allows 1 to 1000");
            assertThatThrownBy(() -> name.of(BARE).plan(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
