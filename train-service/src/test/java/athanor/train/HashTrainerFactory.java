package athanor.train;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.run.RunId;
import athanor.store.Content;
import athanor.store.Sha256;
import athanor.train.training.LoraTraining;
import athanor.train.training.TrainerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Trainings without tensors: each step hashes the state of the step before, so that a training that was resumed wrongly
 * ends differently. What is under test is who trains, not what.
 */
final class HashTrainerFactory implements TrainerFactory {

    private final long millisPerStep;
    /** Steps begun, by run: tells whether anybody trained. */
    final Map<String, Integer> steps = new ConcurrentHashMap<>();

    final List<RunId> order = new CopyOnWriteArrayList<>();
    /** A run of this name throws at its third step. */
    static final String POISON = "poison";

    private volatile boolean mended;

    /** From now on nothing throws. */
    void mend() {
        mended = true;
    }

    HashTrainerFactory(long millisPerStep) {
        this.millisPerStep = millisPerStep;
    }

    /** The state after so many steps without any interruption. */
    static byte[] after(int steps) {
        String state = "begin";
        for (int i = 0; i < steps; i++) {
            state = next(state);
        }
        return state.getBytes(StandardCharsets.UTF_8);
    }

    private static String next(String state) {
        return Sha256.of(state.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public LoraTraining open(
            DatasetPrepared event, PreparedDataset dataset, @Nullable Path resumeFrom, Runnable alive) {
        order.add(event.runId());
        return new HashTraining(event, resumeFrom);
    }

    private final class HashTraining implements LoraTraining {

        private final DatasetPrepared event;
        private int done;
        private String state = "begin";

        HashTraining(DatasetPrepared event, @Nullable Path resumeFrom) {
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
            steps.merge(event.runId().value(), 1, Integer::sum);
            try {
                Thread.sleep(millisPerStep);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!mended && event.name().equals(POISON) && done == 2) {
                throw new IllegalStateException("this data set breaks its trainer");
            }
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
