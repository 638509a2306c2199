package athanor.ingest;

import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.DryRun;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.contracts.run.WorkerSeen;
import athanor.shell.LiveWorkers;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a run would come to. Reads what is known and writes nothing. */
@ApplicationScoped
class TryRun {

    private final OpenRun openRun;
    private final RunBoard board;
    private final LiveWorkers workers;
    private final ObjectStore store;
    private final Clock clock;

    TryRun(OpenRun openRun, RunBoard board, LiveWorkers workers, ObjectStore store, Clock clock) {
        this.openRun = openRun;
        this.board = board;
        this.workers = workers;
        this.store = store;
        this.clock = clock;
    }

    /** @param cloned the run whose pictures it would begin with; null where they are not there yet */
    DryRun of(Recipe wished, @Nullable RunId cloned) {
        Recipe recipe = openRun.withArea(wished);
        Estimates estimates = Estimates.by(board.all());
        Double seconds = estimates.trainingSeconds(recipe);
        return new DryRun(
                recipe,
                work(recipe),
                cloned == null ? null : plan(cloned, recipe).orElse(null),
                new DryRun.Time(
                        seconds,
                        seconds == null
                                ? "no run of this base, size, batch, rank and targets was trained here yet"
                                : "a step takes what it took in the last run of the same kind"),
                queue(seconds, estimates));
    }

    private static DryRun.Work work(Recipe recipe) {
        Recipe.Training training = recipe.training();
        int steps = training.steps();
        return new DryRun.Work(
                steps,
                (long) steps * training.batchSize() * training.gradientAccumulation(),
                (steps + training.checkpointEverySteps() - 1) / training.checkpointEverySteps(),
                recipe.prior().mode() == PriorMode.CLASS_PICTURES
                        ? recipe.prior().classPictures()
                        : 0,
                recipe.samples().prompts().size() * recipe.samples().picturesPerPrompt());
    }

    /** Of pictures that were cut for the same area. */
    private Optional<TrainingPlan> plan(RunId cloned, Recipe recipe) {
        return store.find(ObjectKeys.pendingDataset(cloned))
                .map(object ->
                        Json.read(object.bytes(), WriteReport.Planned.class).plan())
                .filter(plan -> plan.area().equals(recipe.training().bucketArea()));
    }

    private DryRun.Queue queue(@Nullable Double seconds, Estimates estimates) {
        Instant now = clock.instant();
        List<WorkerSeen> live = workers.all();
        WaitingLine line = new WaitingLine(
                live,
                run -> board.find(run)
                        .map(card -> Estimates.secondsLeft(card, now))
                        .orElse(null));
        board.all().stream()
                .filter(card -> card.state() instanceof RunState.Queued)
                .sorted(Comparator.comparing(RunCard::since))
                .map(card -> needOf(card.runId()))
                .flatMap(Optional::stream)
                .forEach(need -> line.next(new WaitingLine.Waiter(
                        need.runId(), need.memoryClass(), estimates.trainingSeconds(need.recipe()))));
        // Which class it will need is counted when its pictures are there; until then whoever serves most decides.
        MemoryClass needs = live.stream()
                .flatMap(worker -> worker.serves().stream())
                .max(Comparator.naturalOrder())
                .orElse(MemoryClass.CPU);
        WaitingLine.Place place = line.next(new WaitingLine.Waiter(new RunId("would-be-00000000"), needs, seconds));
        return new DryRun.Queue(
                place.behind().size() + 1,
                place.behind().stream().map(RunId::value).toList(),
                place.seconds(),
                live.stream()
                        .filter(worker -> worker.serves().contains(needs))
                        .map(WorkerSeen::worker)
                        .toList());
    }

    private Optional<DatasetPrepared> needOf(RunId run) {
        return store.find(ObjectKeys.datasetAnnounced(run))
                .map(object -> Json.read(object.bytes(), DatasetPrepared.class));
    }
}
