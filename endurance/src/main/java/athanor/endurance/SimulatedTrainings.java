package athanor.endurance;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.rest.EffectiveSettings;
import athanor.store.Content;
import athanor.store.Sha256;
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

/**
 * Trainings whose steps take their time and hash the step before: one that was resumed wrongly ends differently. What is tried is
 * everything around a training.
 */
public final class SimulatedTrainings implements TrainerFactory {

    private static final String BEGIN = "begin";

    private final Duration step;
    private final StepWatch watch;
    private final AtomicLong steps = new AtomicLong();

    /** Sees every step before it is done. */
    @FunctionalInterface
    public interface StepWatch {

        /** @param number steps done before, by this attempt and those it goes on from */
        void begins(DatasetPrepared run, int number);
    }

    public SimulatedTrainings(Duration step, StepWatch watch) {
        this.step = step;
        this.watch = watch;
    }

    /** The LoRA of a training that was never interrupted. */
    public static byte[] unbroken(int steps) {
        String state = BEGIN;
        for (int i = 0; i < steps; i++) {
            state = next(state);
        }
        return state.getBytes(StandardCharsets.UTF_8);
    }

    private static String next(String state) {
        return Sha256.of(state.getBytes(StandardCharsets.UTF_8));
    }

    /** Time spent training so far, by all. */
    public Duration trained() {
        return step.multipliedBy(steps.get());
    }

    @Override
    public LoraTraining open(
            DatasetPrepared event, PreparedDataset dataset, @Nullable Path resumeFrom, Runnable alive) {
        return new Simulated(event, resumeFrom);
    }

    private final class Simulated implements LoraTraining {

        private final DatasetPrepared event;
        private int done;
        private String state = BEGIN;

        Simulated(DatasetPrepared event, @Nullable Path resumeFrom) {
            this.event = event;
            if (resumeFrom != null) {
                String[] parts = read(resumeFrom).split(" ");
                done = Integer.parseInt(parts[0]);
                state = parts[1];
            }
        }

        private static String read(Path state) {
            try {
                return Files.readString(state);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int stepsDone() {
            return done;
        }

        @Override
        public boolean done() {
            return done >= event.recipe().training().steps();
        }

        @Override
        public Step step() {
            watch.begins(event, done);
            try {
                Thread.sleep(step.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a step", e);
            }
            steps.incrementAndGet();
            state = next(state);
            done++;
            return new Step(done, 1.0 / done, 0.5, 1e-4);
        }

        @Override
        public byte[] lora() {
            return state.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] publishableLora() {
            return lora();
        }

        /** Nothing takes effect where nothing is computed. */
        @Override
        public Optional<EffectiveSettings> effective(int attempt, String worker) {
            return Optional.empty();
        }

        @Override
        public Content state() {
            return Content.of((done + " " + state).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
