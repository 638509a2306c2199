package athanor.proof;

import java.util.List;

/** How well a number tells two kinds of pictures apart. */
final class Separation {

    private Separation() {}

    /** Area under the ROC curve: how often one of the first kind has more than one of the second; 0.5 is chance, 1 perfect. */
    static double auc(List<Double> first, List<Double> second) {
        double wins = 0;
        for (double one : first) {
            for (double other : second) {
                wins += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return wins / ((double) first.size() * second.size());
    }
}
