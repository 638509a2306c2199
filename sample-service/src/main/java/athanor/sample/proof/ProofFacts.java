package athanor.sample.proof;

import athanor.contracts.proof.Estimate;
import athanor.contracts.proof.Measures;
import athanor.contracts.proof.ProvedFraming;
import athanor.contracts.proof.ProvedSize;
import athanor.contracts.proof.ProvedTrial;
import athanor.proof.Proof;
import java.util.List;

/** A proof in the words of the contracts. */
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
                tried.framings().stream()
                        .map(framed -> new ProvedFraming(framed.words(), estimate(framed.delivered())))
                        .toList(),
                estimate(tried.copies()),
                tried.broken().map(ProofFacts::estimate).orElse(null),
                tried.score());
    }

    public static List<ProvedSize> envelope(Proof proof) {
        return proof.envelope().stream()
                .map(size -> new ProvedSize(
                        size.times(),
                        estimate(size.identity()),
                        estimate(size.floor()),
                        size.broken().map(ProofFacts::estimate).orElse(null)))
                .toList();
    }

    static Estimate estimate(athanor.proof.Estimate estimate) {
        return new Estimate(estimate.value(), estimate.low(), estimate.high(), estimate.pictures());
    }
}
