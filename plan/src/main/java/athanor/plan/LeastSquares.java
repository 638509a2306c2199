package athanor.plan;

import java.util.List;

/** Coefficients with which a few columns add up to a measured one, the relative errors squared being as small as they can be. */
final class LeastSquares {

    private LeastSquares() {}

    /**
     * @param columns of each line, as many as there are coefficients
     * @param measured of each line, above 0
     */
    static double[] fit(List<double[]> columns, List<Double> measured) {
        int count = columns.get(0).length;
        double[][] normal = new double[count][count + 1];
        for (int line = 0; line < columns.size(); line++) {
            double weight = 1 / (measured.get(line) * measured.get(line));
            double[] row = columns.get(line);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    normal[i][j] += weight * row[i] * row[j];
                }
                normal[i][count] += weight * row[i] * measured.get(line);
            }
        }
        return solved(normal);
    }

    /** Gauss and Jordan, the largest pivot first. A column that nothing tells apart from the others gets 0. */
    private static double[] solved(double[][] matrix) {
        int count = matrix.length;
        double[] scale = new double[count];
        for (int i = 0; i < count; i++) {
            scale[i] = Math.sqrt(matrix[i][i]);
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                matrix[i][j] /= orOne(scale[i] * scale[j]);
            }
            matrix[i][count] /= orOne(scale[i]);
        }
        boolean[] known = new boolean[count];
        for (int i = 0; i < count; i++) {
            if (matrix[i][i] < 1e-9) {
                continue;
            }
            known[i] = true;
            for (int other = 0; other < count; other++) {
                if (other != i) {
                    double factor = matrix[other][i] / matrix[i][i];
                    for (int j = 0; j <= count; j++) {
                        matrix[other][j] -= factor * matrix[i][j];
                    }
                }
            }
        }
        double[] solution = new double[count];
        for (int i = 0; i < count; i++) {
            solution[i] = known[i] ? matrix[i][count] / matrix[i][i] / orOne(scale[i]) : 0;
        }
        return solution;
    }

    private static double orOne(double number) {
        return number == 0 ? 1 : number;
    }
}
