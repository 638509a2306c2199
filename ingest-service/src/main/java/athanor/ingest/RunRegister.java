package athanor.ingest;

import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.ProblemException;
import athanor.shell.RunEndings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds runs for requests. A run that was opened a moment ago is in the store before its first event has come round to the
 * board.
 */
@ApplicationScoped
class RunRegister {

    private final Drafts drafts;
    private final RunBoard board;
    private final RunEndings endings;

    RunRegister(Drafts drafts, RunBoard board, RunEndings endings) {
        this.drafts = drafts;
        this.board = board;
        this.endings = endings;
    }

    /** @throws ProblemException with status 404, or 410 when it was erased, or, for what is no run id, an IllegalArgumentException */
    RunCard card(String id) {
        RunId run = new RunId(id);
        Optional<RunCard> shown = board.find(run);
        if (shown.isEmpty()) {
            endings.erasedAt(run).ifPresent(at -> {
                throw ProblemException.gone("run '%s' was erased on %s; nothing of it is left".formatted(run, at));
            });
        }
        return shown.or(() -> drafts.find(run).map(this::fromTheStore))
                .orElseThrow(() -> ProblemException.unknownRun(run));
    }

    /** The run while pictures can still be added. */
    Draft open(String id) {
        RunId run = new RunId(id);
        Draft draft = draft(run);
        if (drafts.manifest(run).isPresent() || card(id).state().over()) {
            throw ProblemException.conflict("run '%s' has started or is over; open a new one".formatted(run));
        }
        return draft;
    }

    Draft draft(RunId run) {
        card(run.value());
        return drafts.find(run).orElseThrow(() -> ProblemException.unknownRun(run));
    }

    RunView view(String id) {
        RunCard card = card(id);
        Optional<Draft> draft = drafts.find(card.runId());
        Recipe recipe = draft.map(Draft::recipe).orElse(null);
        return card.view(recipe, pictures(card.runId()), recipe == null ? null : estimate(card, recipe));
    }

    /** Once it trains, its own steps tell better. */
    private @Nullable Double estimate(RunCard card, Recipe recipe) {
        boolean trainsLater = card.state().rank() < new RunState.Training(0, 1, 1).rank();
        return trainsLater ? Estimates.by(board.all()).trainingSeconds(recipe) : null;
    }

    private RunView.Pictures pictures(RunId run) {
        Optional<DatasetManifest> manifest = drafts.manifest(run);
        if (manifest.isPresent()) {
            return new RunView.Pictures(
                    manifest.get().accepted().size(), manifest.get().rejected().size());
        }
        List<PictureVerdict> verdicts = drafts.verdicts(run);
        int accepted = (int)
                verdicts.stream().filter(verdict -> verdict.used().isPresent()).count();
        return new RunView.Pictures(accepted, verdicts.size() - accepted);
    }

    private RunCard fromTheStore(Draft draft) {
        RunCard opened =
                RunCard.from(new RunSnapshot(draft.runId(), draft.name(), new RunState.Requested(), draft.createdAt()));
        return endings.of(draft.runId()).map(opened::with).orElse(opened);
    }
}
