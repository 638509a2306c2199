package athanor.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-0.1", "1.5", "NaN", "inf"})
    void betasThatAreNoSharesAreNamed(String beta) {
        for (String key : List.of("beta_start", "beta_end")) {
            assertThatThrownBy(() -> SchedulerConfig.from(Map.of(key, beta)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("scheduler_config.json: " + key + " is ");
        }
    }

    @Test
    void betasThatEndInNoiseAloneAreTrainedOnes() {
        assertThat(SchedulerConfig.from(Map.of("trained_betas", List.of(0.1, 0.5, 1.0)))
                        .betas()
                        .timesteps())
                .isEqualTo(3);
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("trained_betas", List.of(0.1, 0.0))))
                .hasMessageContaining("trained_betas is 0.0, wanted more than 0 and less than 1");
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("trained_betas", List.of(0.1, 2.0))))
                .hasMessageContaining("trained_betas is 2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FlowMatchEulerDiscreteScheduler", "EDMEulerScheduler", "EDMDPMSolverMultistepScheduler"})
    void forwardProcessesWithoutBetasAreRefused(String scheduler) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("_class_name", scheduler)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the scheduler is a " + scheduler);
    }
}
