package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.proof.Measures;
import athanor.contracts.proof.ProvedSize;
import athanor.contracts.proof.ProvedTrial;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.ProofEffort;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fact: what a finished LoRA can do was measured, at several checkpoints and strengths.
 *
 * @param findings sentences: what it can do and what it cannot
 * @param trials in the order in which they were tried
 * @param envelope the recommended use at larger sizes, the smallest first; absent in proofs of before it was measured
 * @param page Markdown
 * @param chart PNG; the page shows it
 * @param pictures that were drawn for it
 * @param seconds spent
 */
public record ProofRendered(
        RunId runId,
        String name,
        ProofEffort effort,
        Recommendation recommended,
        List<String> findings,
        Measures measures,
        List<ProvedTrial> trials,
        @Nullable List<ProvedSize> envelope,
        ObjectRef page,
        ObjectRef chart,
        int pictures,
        double seconds,
        Instant provedAt)
        implements RunEvent {

    public ProofRendered {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        Check.present(effort, "effort");
        Check.present(recommended, "recommended");
        findings = List.copyOf(Check.present(findings, "findings"));
        Check.present(measures, "measures");
        trials = List.copyOf(Check.present(trials, "trials"));
        envelope = envelope == null ? List.of() : List.copyOf(envelope);
        Check.present(page, "page");
        Check.present(chart, "chart");
        Check.atLeast(0, pictures, "pictures");
        Check.present(provedAt, "provedAt");
    }
}
