package athanor.stack.run;

import athanor.contracts.events.ProofRendered;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.StackAddress;
import athanor.stack.client.Photograph;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.SetPage;
import athanor.stack.look.SetWords;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The main job from the outside: photographs in, a LoRA, a contact sheet and a report out. */
public final class TrainPhotographs {

    private final RunsClient runs;
    private final SamplesClient samples;
    private final FetchResults fetch;
    private final Terminal terminal;
    private final UnaryOperator<String> onInterrupt;

    /** @param onInterrupt what becomes of a run, by its id, when the process is ended that follows it */
    public TrainPhotographs(StackAddress stack, Terminal terminal, UnaryOperator<String> onInterrupt) {
        this.onInterrupt = onInterrupt;
        this.runs = new RunsClient(stack.ingest());
        this.samples = new SamplesClient(stack.sample());
        this.fetch = new FetchResults(runs, samples);
        this.terminal = terminal;
    }

    /** @return what is in the folder then; also of a run that did not come to its end */
    public Outcome train(String name, List<Photograph> photographs, Recipe recipe, Results results) {
        long begin = System.nanoTime();
        BaseModelView base = base(recipe);
        String runId = runs.create(name, recipe).runId().value();
        return follow(runId, name, base, results, begin, () -> upload(runId, photographs));
    }

    /** With the pictures of another run, and nothing to upload. */
    public Outcome trainAgain(String cloned, String name, Recipe recipe, Results results) {
        long begin = System.nanoTime();
        BaseModelView base = base(recipe);
        String runId = runs.cloneOf(cloned, name, recipe).runId().value();
        return follow(runId, name, base, results, begin, () -> terminal.line("pictures of run %s".formatted(cloned)));
    }

    private BaseModelView base(Recipe recipe) {
        BaseModelView base = samples.baseModel(recipe.baseModel());
        terminal.line("base %s, sha256 %s".formatted(base.path(), base.sha256()));
        return base;
    }

    private Outcome follow(
            String runId, String name, BaseModelView base, Results results, long begin, Runnable pictures) {
        terminal.line("run %s".formatted(runId));
        try {
            pictures.run();
            tellOfThem(runId);
            tellHowLong(runId);
            runs.start(runId);
        } catch (StackProblem e) {
            withdraw(runId);
            throw e;
        }
        RunView end = new FollowRun(runs, terminal).untilItEnds(runId, onInterrupt.apply(runId));
        runs.proof(runId)
                .map(proof -> Json.read(proof, ProofRendered.class))
                .ifPresent(proof -> terminal.line("  " + proof.recommended().sentence()));
        try {
            return new Outcome(end, fetch.into(results, runId, name, base, (System.nanoTime() - begin) / 1e9));
        } catch (StackProblem nothingThere) {
            if (end.state() instanceof RunState.Finished) {
                throw nothingThere;
            }
            return new Outcome(end, Map.of()); // why it did not finish is worth more than why nothing can be fetched
        }
    }

    private void upload(String runId, List<Photograph> photographs) {
        int refused = 0;
        for (int i = 0; i < photographs.size(); i++) {
            Photograph photograph = photographs.get(i);
            terminal.status(
                    "Uploading",
                    "  Uploading   %s  %s".formatted(ProgressBar.of(i, photographs.size()), photograph.fileName()));
            Optional<String> refusal = runs.upload(runId, photograph);
            if (refusal.isPresent()) {
                refused++;
                terminal.line("  not used: %s".formatted(refusal.get()));
            }
        }
        if (refused == photographs.size()) {
            throw new StackProblem(
                    photographs.size() == 1
                            ? "the only picture cannot be used; the line above says why"
                            : "none of the %d pictures can be used; the lines above say why"
                                    .formatted(photographs.size()));
        }
    }

    /** Before anything is spent: what they are worth, and what would be better. */
    private void tellOfThem(String runId) {
        List<PictureView> used =
                runs.pictures(runId).stream().filter(PictureView::accepted).toList();
        SetPage.findings(used, SetWords.english()).forEach(terminal::line);
        SetPage.summary(runs.picturesReport(runId), SetWords.english()).forEach(terminal::line);
    }

    /** By what runs like it took here; of the first of its kind the plan says what is known. */
    private void tellHowLong(String runId) {
        Double seconds = runs.run(runId).estimatedSeconds();
        if (seconds != null) {
            terminal.line("the training will take about %s, as one like it did here"
                    .formatted(ProgressBar.duration(seconds)));
        }
    }

    /** A run that will never get its pictures would wait for them for ever. */
    private void withdraw(String runId) {
        try {
            runs.cancel(runId);
        } catch (StackProblem unreachable) {
            terminal.line("run %s stays open, waiting for pictures: %s".formatted(runId, unreachable.getMessage()));
        }
    }
}
