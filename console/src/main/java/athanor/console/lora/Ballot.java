package athanor.console.lora;

import athanor.contracts.events.ProofRendered;
import athanor.contracts.proof.ProvedTrial;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One comparison that somebody made without knowing what they compare.
 *
 * @param preferred null where they saw no difference
 */
public record Ballot(
        Candidate left, Candidate right, @Nullable Candidate preferred) {

    private static final String EQUAL = "=";
    private static final String BETTER = ">";

    /** Of more nobody wants to see pictures. */
    private static final int CANDIDATES = 4;

    /**
     * How a candidate fared.
     *
     * @param won comparisons, of those where it was shown
     */
    public record Tally(int step, double strength, long won, long shown, double score, boolean recommended) {}

    /** Two of the best, in an order that nobody knows; two have to be tried. */
    static Ballot drawn(ProofRendered proof, Random random) {
        List<Candidate> best = best(proof);
        int left = random.nextInt(best.size());
        int right = (left + 1 + random.nextInt(best.size() - 1)) % best.size();
        return new Ballot(best.get(left), best.get(right), null);
    }

    private static List<Candidate> best(ProofRendered proof) {
        return proof.trials().stream()
                .sorted(Comparator.comparingDouble(ProvedTrial::score).reversed())
                .limit(CANDIDATES)
                .map(Candidate::of)
                .toList();
    }

    /** As a form carries it: {@code 300@1.0>200@0.8}, the better one first, or {@code =} between them. */
    static Ballot parse(String text) {
        String between = text.contains(BETTER) ? BETTER : EQUAL;
        String[] sides = text.split(between, -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("'%s' is no vote; wanted 300@1.0>200@0.8".formatted(text));
        }
        Candidate first = Candidate.parse(sides[0]);
        return new Ballot(first, Candidate.parse(sides[1]), between.equals(BETTER) ? first : null);
    }

    @Override
    public String toString() {
        if (preferred == null) {
            return left + EQUAL + right;
        }
        return preferred + BETTER + (preferred.equals(left) ? right : left);
    }

    static List<Tally> tally(ProofRendered proof, List<Ballot> ballots) {
        return best(proof).stream()
                .map(candidate -> new Tally(
                        candidate.step(),
                        candidate.strength(),
                        ballots.stream()
                                .filter(ballot -> candidate.equals(ballot.preferred()))
                                .count(),
                        ballots.stream()
                                .filter(ballot -> ballot.left().equals(candidate)
                                        || ballot.right().equals(candidate))
                                .count(),
                        score(proof, candidate),
                        candidate.step() == proof.recommended().step()
                                && candidate.strength() == proof.recommended().strength()))
                .sorted(Comparator.comparingLong(Tally::won).reversed())
                .toList();
    }

    private static double score(ProofRendered proof, Candidate candidate) {
        return proof.trials().stream()
                .filter(trial -> Candidate.of(trial).equals(candidate))
                .mapToDouble(ProvedTrial::score)
                .findFirst()
                .orElse(0);
    }
}
