package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.rest.TrainedStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTableTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void whatWasMeasuredNowAndThenHasEmptyCellsBetween() {
        TrainedStep plain = new TrainedStep(1, 1, 0.25, 0, 1e-4, 0.5, NOON);
        TrainedStep measured = new TrainedStep(
                2,
                1,
                0.2,
                0,
                1e-4,
                0.5,
                NOON,
                List.of(new TrainedStep.Band(3, 0.2, null)),
                1000L,
                7.5,
                Map.of("unet/mid_block", 0.5),
                new TrainedStep.Validation(0.3, null, List.of()));

        assertThat(StepTable.of(List.of(plain, measured))).isEqualTo("""
                        step,attempt,instance_loss,prior_loss,learning_rate,seconds,at,memory_bytes,eta_seconds,\
                        instance_loss_3,held_out_loss,change unet/mid_block
                        1,1,0.25,0.0,1.0E-4,0.500,2026-11-23T12:00:00Z,,,,,
                        2,1,0.2,0.0,1.0E-4,0.500,2026-11-23T12:00:00Z,1000,7.5,0.2,0.3,0.5
                        """);
    }
}
