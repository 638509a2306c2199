package athanor.stack.run;

import athanor.contracts.events.ProofRendered;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.BaseModelView;
import athanor.contracts.rest.PictureView;
import athanor.stack.StackAddress;
import athanor.stack.client.Photograph;
import athanor.stack.client.RunsClient;
import athanor.stack.client.SamplesClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.SetPage;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
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

    /** @return the folder's files by what they are, in the order in which they are worth looking at */
    public Map<String, Path> train(String name, List<Photograph> photographs, Recipe recipe, Results results) {
        long begin = System.nanoTime();
        BaseModelView base = base(recipe);
        String runId = runs.create(name, recipe).runId().value();
        return follow(runId, name, base, results, begin, () -> upload(runId, photographs));
    }

    /** With the pictures of another run, and nothing to upload. */
    public Map<String, Path> trainAgain(String cloned, String name, Recipe recipe, Results results) {
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

    private Map<String, Path> follow(
            String runId, String name, BaseModelView base, Results results, long begin, Runnable pictures) {
        terminal.line("run %s".formatted(runId));
        try {
            pictures.run();
            tellOfThem(runId);
            runs.start(runId);
        } catch (StackProblem e) {
            withdraw(runId);
            throw e;
        }
        try {
            new FollowRun(runs, terminal).untilItEnds(runId, onInterrupt.apply(runId));
        } catch (StackProblem e) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            takeWhatThereIs(runId, name, base, seconds, results, e);
            throw e;
        }
        runs.proof(runId)
                .map(proof -> Json.read(proof, ProofRendered.class))
                .ifPresent(proof -> terminal.line("  " + proof.recommended().sentence()));
        return fetch.into(results, runId, name, base, (System.nanoTime() - begin) / 1e9);
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
        SetPage.findings(used).forEach(terminal::line);
        SetPage.summary(runs.picturesReport(runId)).forEach(terminal::line);
    }

    /** A run that will never get its pictures would wait for them for ever. */
    private void withdraw(String runId) {
        try {
            runs.cancel(runId);
        } catch (StackProblem unreachable) {
            terminal.line("run %s stays open, waiting for pictures: %s".formatted(runId, unreachable.getMessage()));
        }
    }

    /** Of a run that did not come to its end: what it made until then is its owner's all the same. */
    private void takeWhatThereIs(
            String runId, String name, BaseModelView base, double seconds, Results results, StackProblem end) {
        try {
            fetch.into(results, runId, name, base, seconds)
                    .forEach((what, file) -> terminal.line("%-14s %s".formatted(what, file)));
        } catch (StackProblem nothingThere) {
            end.addSuppressed(nothingThere);
        }
    }
}
