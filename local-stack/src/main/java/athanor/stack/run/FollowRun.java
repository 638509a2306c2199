package athanor.stack.run;

import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.rest.RunReport;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.client.RunsClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.look.PlanPage;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;

/** Shows a run until it ends, stage by stage with the time each took. */
public final class FollowRun {

    private static final long BETWEEN_LOOKS_MILLIS = 300;

    private final RunsClient runs;
    private final Terminal terminal;

    public FollowRun(RunsClient runs, Terminal terminal) {
        this.runs = runs;
        this.terminal = terminal;
    }

    /**
     * Returns when the run is over.
     *
     * @param onInterrupt what becomes of the run when nobody follows it any more
     */
    public RunView untilItEnds(String runId, String onInterrupt) {
        terminal.onInterrupt(onInterrupt);
        try {
            return follow(runId);
        } finally {
            terminal.onInterrupt("");
        }
    }

    private RunView follow(String runId) {
        long since = System.nanoTime();
        String before = "";
        String told = "";
        boolean planTold = false;
        while (true) {
            RunView run = runs.run(runId);
            String stage = run.state().name();
            if (!stage.equals(before)) {
                long now = System.nanoTime();
                if (!before.isEmpty()) {
                    double took = (now - since) / 1e9;
                    terminal.line("  %-11s %s".formatted(before, ProgressBar.duration(took)));
                }
                since = now;
                before = stage;
            }
            planTold = planTold || tellPlan(runId, run.state());
            if (run.state().over()) {
                return run;
            }
            String waitsFor = run.waitsFor();
            if (waitsFor != null && !waitsFor.equals(told)) {
                terminal.line("  the run " + waitsFor);
                told = waitsFor;
            }
            terminal.status(stage, "  %-11s %s".formatted(stage, HowFar.of(run)));
            pause();
        }
    }

    /** Before anything is spent: it is there as soon as the pictures are cut, while class pictures are still drawn. */
    private boolean tellPlan(String runId, RunState state) {
        if (state instanceof RunState.Requested || state instanceof RunState.Validating || state.over()) {
            return false;
        }
        RunReport report = runs.report(runId);
        TrainingPlan plan = report.plan();
        if (plan != null) {
            PlanPage.ofRun(plan).forEach(terminal::line);
            PlanPage.pairs(report.pairs()).ifPresent(terminal::line);
        }
        return plan != null;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted while following the run", e);
        }
    }
}
