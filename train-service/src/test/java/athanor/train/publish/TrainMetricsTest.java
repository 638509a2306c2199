package athanor.train.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TrainMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainMetrics metrics = new TrainMetrics(registry);

    private double loss(String half) {
        return registry.get("athanor.train.loss").tag("half", half).gauge().value();
    }

    @Test
    void thereIsALossWhileATrainingGoesOnAndNoneAfterwards() {
        assertThat(loss("instance")).isNaN();

        metrics.stepDone(0.5, 0.08, 0.05);

        assertThat(loss("instance")).isEqualTo(0.08);
        assertThat(loss("prior")).isEqualTo(0.05);
        assertThat(registry.get("athanor.train.step").timer().count()).isEqualTo(1);

        metrics.rests();

        assertThat(loss("instance")).isNaN();
    }

    @Test
    void whatHasNotHappenedYetIsThereAndNought() {
        assertThat(registry.get("athanor.train.failures")
                        .tag("kind", "DIVERGED")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.get("athanor.train.failures")
                        .tag("kind", "WORKER_LOST")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.get("athanor.train.endings")
                        .tag("how", "Finished")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.get("athanor.train.lease.renewals")
                        .tag("result", "refused")
                        .counter()
                        .count())
                .isZero();

        metrics.ended("Finished");

        assertThat(registry.get("athanor.train.endings")
                        .tag("how", "Finished")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
