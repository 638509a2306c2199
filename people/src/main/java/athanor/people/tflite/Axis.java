package athanor.people.tflite;

/**
 * How a row of pixels is brought to another length: averaged over the area of each new pixel when it gets shorter, linear between
 * the middles of the old ones when it gets longer. Networks that read 192 pixels need no finer kernel.
 */
record Axis(int[] first, float[][] weights) {

    static Axis of(int from, int to) {
        double step = (double) from / to;
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            if (step > 1) {
                double start = i * step;
                double end = Math.min(start + step, from);
                first[i] = (int) start;
                weights[i] = new float[Math.min((int) Math.ceil(end), from) - first[i]];
                for (int k = 0; k < weights[i].length; k++) {
                    double covered = Math.min(end, first[i] + k + 1) - Math.max(start, first[i] + k);
                    weights[i][k] = (float) (covered / (end - start));
                }
            } else {
                double middle = Math.min(Math.max((i + 0.5) * step - 0.5, 0), from - 1);
                first[i] = (int) middle;
                float part = (float) (middle - first[i]);
                weights[i] = first[i] + 1 < from ? new float[] {1 - part, part} : new float[] {1};
            }
        }
        return new Axis(first, weights);
    }
}
