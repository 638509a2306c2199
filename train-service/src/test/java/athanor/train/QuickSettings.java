package athanor.train;

import athanor.diffusion.program.ComputeType;
import java.time.Duration;
import java.util.Optional;

/** The settings of a worker whose leases run out sooner, so that tests do not wait long. */
final class QuickSettings implements TrainSettings {

    static final Duration TIME_TO_LIVE = Duration.ofSeconds(6);

    @Override
    public String serves() {
        return "cpu";
    }

    @Override
    public boolean recompute() {
        return false;
    }

    @Override
    public ComputeType processorType() {
        return ComputeType.FLOAT32;
    }

    @Override
    public Optional<String> workerName() {
        return Optional.empty();
    }

    @Override
    public Lease lease() {
        return new Lease() {
            @Override
            public Duration timeToLive() {
                return TIME_TO_LIVE;
            }

            @Override
            public Duration renewEvery() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Duration clockSkew() {
                return Duration.ofSeconds(30);
            }
        };
    }

    @Override
    public Patience patience() {
        return new Patience() {
            @Override
            public int attempts() {
                return 3;
            }

            @Override
            public int attemptsOnOneWorker() {
                return 5;
            }
        };
    }

    @Override
    public Duration sweepEvery() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration offerAgainAfter() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Duration progressEvery() {
        return Duration.ofSeconds(1);
    }
}
