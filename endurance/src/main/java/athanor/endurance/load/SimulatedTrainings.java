package athanor.endurance.load;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.rest.EffectiveSettings;
import athanor.store.Content;
import athanor.train.training.LoraTraining;
import athanor.train.training.TrainerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Trainings whose steps take their time and nothing else. What is measured is everything around them. */
final class SimulatedTrainings implements TrainerFactory {

    private final Duration step;
    private final AtomicLong steps = new AtomicLong();

    SimulatedTrainings(Duration step) {
        this.step = step;
    }

    /** Time spent training so far, by all. */
    Duration trained() {
        return step.multipliedBy(steps.get());
    }

    @Override
    public LoraTraining open(
            DatasetPrepared event, PreparedDataset dataset, @Nullable Path resumeFrom, Runnable alive) {
        return new Simulated(event.recipe().training().steps(), resumeFrom == null ? 0 : read(resumeFrom));
    }

    private static int read(Path state) {
        try {
            return Integer.parseInt(Files.readString(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Simulated implements LoraTraining {

        private final int total;
        private int done;

        Simulated(int total, int done) {
            this.total = total;
            this.done = done;
        }

        @Override
        public int stepsDone() {
            return done;
        }

        @Override
        public boolean done() {
            return done >= total;
        }

        @Override
        public Step step() {
            try {
                Thread.sleep(step.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a step", e);
            }
            steps.incrementAndGet();
            done++;
            return new Step(done, 0.1, 0.1, 1e-4);
        }

        @Override
        public byte[] lora() {
            return ("after " + done).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] publishableLora() {
            return lora();
        }

        @Override
        public Optional<EffectiveSettings> effective(int attempt, String worker) {
            return Optional.empty();
        }

        @Override
        public Content state() {
            return Content.of(Integer.toString(done).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
