package athanor.sample.proof;

import athanor.contracts.proof.Estimate;
import athanor.contracts.proof.Measures;
import athanor.contracts.proof.ProvedTrial;
import athanor.proof.Proof;
import java.util.List;

/** A proof in the words of the contracts. No framings are among them yet: nothing that is measured so far can judge them. */
public final class ProofFacts {

    private ProofFacts() {}

    public static Measures measures(Proof proof) {
        return new Measures(proof.instances(), proof.separation(), estimate(proof.identityFloor()), 0);
    }

    public static List<ProvedTrial> trials(Proof proof) {
        return proof.trials().stream().map(ProofFacts::trial).toList();
    }

    private static ProvedTrial trial(athanor.proof.ProvedTrial tried) {
        return new ProvedTrial(
                tried.trial().step(),
                tried.trial().strength(),
                estimate(tried.identity()),
                estimate(tried.leak()),
                tried.classShift(),
                List.of(),
                estimate(tried.copies()),
                tried.score());
    }

    private static Estimate estimate(athanor.proof.Estimate estimate) {
        return new Estimate(estimate.value(), estimate.low(), estimate.high(), estimate.pictures());
    }
}
