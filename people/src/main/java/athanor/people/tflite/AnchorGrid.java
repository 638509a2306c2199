package athanor.people.tflite;

import athanor.people.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer of a single-shot detector (Liu et al. 2016) as MediaPipe trains them: every anchor is a place without a size,
 * and the network answers for each with a score and with the distances from there to box and key points.
 *
 * @param side of the square that the network reads, pixels
 * @param layers cells along a side and anchors in each cell, as the network puts them in a row
 * @param points key points of an object
 */
record AnchorGrid(int side, int[][] layers, int points) {

    /** Beyond this a score is 0 or 1 anyway, and the exponential overflows. */
    private static final double LOUDEST = 100;

    /**
     * @param distances for each anchor: middle and size of the box, then the points
     * @param scores for each anchor, before the logistic function
     * @return boxes and points in pixels of the picture
     */
    List<Candidate> candidates(float[] distances, float[] scores, double threshold, Letterbox shown) {
        int values = 4 + 2 * points;
        List<Candidate> found = new ArrayList<>();
        int anchor = 0;
        for (int[] layer : layers) {
            int cells = layer[0];
            for (int cell = 0; cell < cells * cells; cell++) {
                for (int k = 0; k < layer[1]; k++, anchor++) {
                    double score = logistic(scores[anchor]);
                    if (score >= threshold
                            && distances[anchor * values + 2] > 0
                            && distances[anchor * values + 3] > 0) {
                        double x = (cell % cells + 0.5) / cells * side;
                        double y = (cell / cells + 0.5) / cells * side;
                        found.add(candidate(score, x, y, distances, anchor * values, shown));
                    }
                }
            }
        }
        return found;
    }

    private Candidate candidate(double score, double x, double y, float[] distances, int at, Letterbox shown) {
        float width = distances[at + 2];
        float height = distances[at + 3];
        Box box = new Box(x + distances[at] - width / 2, y + distances[at + 1] - height / 2, width, height);
        double[] where = new double[2 * points];
        for (int i = 0; i < points; i++) {
            where[2 * i] = shown.x(x + distances[at + 4 + 2 * i]);
            where[2 * i + 1] = shown.y(y + distances[at + 5 + 2 * i]);
        }
        return new Candidate(score, shown.box(box), where);
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-Math.max(-LOUDEST, Math.min(LOUDEST, x))));
    }
}
