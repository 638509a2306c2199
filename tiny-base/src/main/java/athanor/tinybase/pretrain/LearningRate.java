package athanor.tinybase.pretrain;

/** Linear warm-up, flat, then a half cosine down to a fiftieth of the peak. */
record LearningRate(double peak, int warmUp, double flatUntil, int steps) {

    double at(int step) {
        if (step <= warmUp) {
            return peak * step / warmUp;
        }
        double progress = Math.min(1, step / (double) steps);
        if (progress < flatUntil) {
            return peak;
        }
        double decay = 0.5 * (1 + Math.cos(Math.PI * (progress - flatUntil) / (1 - flatUntil)));
        return peak * (0.02 + 0.98 * decay);
    }
}
