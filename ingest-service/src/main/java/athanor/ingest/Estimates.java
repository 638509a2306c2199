package athanor.ingest;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long trainings take, by those that were done here: a step of the same kind takes what it took the last time. */
final class Estimates {

    private final List<LoraTrained> newestFirst;

    private Estimates(List<LoraTrained> newestFirst) {
        this.newestFirst = newestFirst;
    }

    static Estimates by(List<RunCard> known) {
        return new Estimates(known.stream()
                .map(RunCard::trained)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(LoraTrained::trainedAt).reversed())
                .toList());
    }

    /** Null when nothing like it was trained here. */
    @Nullable
    Double trainingSeconds(Recipe recipe) {
        Optional<LoraTrained> alike = newestFirst.stream()
                .filter(trained -> isAsMuchWork(trained.recipe(), recipe))
                .findFirst();
        return alike.map(trained ->
                        trained.seconds() / trained.steps() * recipe.training().steps())
                .orElse(null);
    }

    /** Of a run that trains; null before it has told of a step. */
    static @Nullable Double secondsLeft(RunCard card, Instant now) {
        TrainingProgressed progress = card.progress();
        if (!(card.state() instanceof RunState.Training) || progress == null) {
            return null;
        }
        double since = Duration.between(progress.at(), now).toMillis() / 1e3;
        return Math.max(0, progress.etaSeconds() - Math.max(0, since));
    }

    private static boolean isAsMuchWork(Recipe one, Recipe other) {
        Recipe.Training a = one.training();
        Recipe.Training b = other.training();
        return one.baseModel().equals(other.baseModel())
                && a.bucketArea().equals(b.bucketArea())
                && a.batchSize() == b.batchSize()
                && a.gradientAccumulation() == b.gradientAccumulation()
                && (one.prior().mode() == PriorMode.OFF) == (other.prior().mode() == PriorMode.OFF)
                && one.network().rank() == other.network().rank()
                && one.network().targets() == other.network().targets()
                && one.network().textEncoder() == other.network().textEncoder();
    }
}
