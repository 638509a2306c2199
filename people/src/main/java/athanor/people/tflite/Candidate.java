package athanor.people.tflite;

import athanor.people.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a detection network takes for its object.
 *
 * @param points x and y in turn
 */
record Candidate(double score, Box box, double[] points) {

    /** Two boxes that overlap more than this are two opinions about one object. */
    private static final double SAME = 0.3;

    /** The best of each object (non-maximum suppression). */
    static List<Candidate> best(List<Candidate> candidates) {
        List<Candidate> ranked = new ArrayList<>(candidates);
        ranked.sort(Comparator.comparingDouble(Candidate::score).reversed());
        List<Candidate> kept = new ArrayList<>();
        for (Candidate next : ranked) {
            if (kept.stream().noneMatch(better -> better.box.overlap(next.box) > SAME)) {
                kept.add(next);
            }
        }
        return kept;
    }
}
