package athanor.tinybase.measure;

import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.OptimiserKind;
import athanor.diffusion.training.PictureLoss;
import athanor.diffusion.training.Targets;
import athanor.diffusion.training.TrainingSettings;
import athanor.diffusion.training.TrainingSettings.Moving;
import athanor.diffusion.training.ValidationLoss;
import athanor.tinybase.world.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measure 10: which optimiser learns a subject best in the same steps? Judged by pictures of the subject that were not trained on,
 * and by class pictures, at the same noise for all: the loss after the training as a share of the loss before.
 */
final class OptimiserMeasure implements Measure {

    private static final int HELD_OUT = 2;
    private static final double RATE = 5e-3;
    private static final double EMA = 0.99;
    private static final int SEEDS = 4;

    /** Two-sided 95 % of Student's t, by degrees of freedom from 1. */
    private static final double[] STUDENT = {12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    private static final String USUAL = "AdamW";

    /** @param heldOut loss after as a share of the loss before */
    private record Outcome(double heldOut, double classPictures, double rate) {}

    @Override
    public String name() {
        return "optimisers";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Moving> ways = new LinkedHashMap<>();
        ways.put(USUAL, Moving.BY_ADAMW);
        ways.put("AdamW, running mean " + EMA, new Moving(OptimiserKind.ADAMW, EMA));
        ways.put("Prodigy", new Moving(OptimiserKind.PRODIGY, 0));
        ways.put("Prodigy, schedule-free", new Moving(OptimiserKind.PRODIGY_SCHEDULE_FREE, 0));
        int seeds = effort == Effort.SHORT ? 2 : SEEDS;
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        ways.forEach((way, moving) -> {
            for (int seed = 1; seed <= seeds; seed++) {
                Subject subject = effort.subjects().get(seed % effort.subjects().size());
                outcomes.computeIfAbsent(way, key -> new ArrayList<>())
                        .add(outcome(harness, SubjectSet.mixed(subject, seed), moving, effort.steps(), seed));
            }
        });
        return result(outcomes, effort.steps(), seeds);
    }

    private static Outcome outcome(EvaluationHarness harness, SubjectSet set, Moving moving, int steps, long seed) {
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(8, 8, Targets.WITH_CONVOLUTIONS, true),
                new TrainingSettings.Rate(RATE, RATE, steps, 10, LearningRateSchedule.COSINE),
                TrainingSettings.Objective.DREAMBOOTH,
                AdamW.DEFAULT,
                4,
                1,
                seed,
                ComputeOptions.CPU,
                HELD_OUT,
                moving);
        try (DreamBoothTrainer trainer =
                DreamBoothTrainer.open(harness.base(), settings, set.examples(), harness.classPictures(set), null)) {
            ValidationLoss before = trainer.validate();
            double rate = 0;
            while (!trainer.done()) {
                rate = Math.max(rate, trainer.step().learningRate());
            }
            ValidationLoss after = trainer.validate();
            return new Outcome(
                    mean(after.heldOut()) / mean(before.heldOut()),
                    mean(after.classPictures()) / mean(before.classPictures()),
                    rate);
        }
    }

    private static double mean(List<PictureLoss> losses) {
        return losses.stream().mapToDouble(PictureLoss::error).average().orElse(Double.NaN);
    }

    private static Result result(Map<String, List<Outcome>> outcomes, int steps, int seeds) {
        Table table = new Table(
                "optimiser",
                "held-out loss, of before",
                "less than AdamW's by",
                "class loss, of before",
                "largest rate");
        List<Outcome> usual = outcomes.getOrDefault(USUAL, List.of());
        String best = USUAL;
        double least = Double.MAX_VALUE;
        for (Map.Entry<String, List<Outcome>> entry : outcomes.entrySet()) {
            List<Outcome> of = entry.getValue();
            List<Double> gains = new ArrayList<>();
            for (int i = 0; i < of.size(); i++) {
                gains.add(usual.get(i).heldOut() - of.get(i).heldOut());
            }
            double heldOut = of.stream().mapToDouble(Outcome::heldOut).average().orElse(Double.NaN);
            if (heldOut < least) {
                least = heldOut;
                best = entry.getKey();
            }
            table.row(
                    entry.getKey(),
                    number(heldOut),
                    entry.getKey().equals(USUAL) ? "" : interval(gains),
                    number(of.stream()
                            .mapToDouble(Outcome::classPictures)
                            .average()
                            .orElse(Double.NaN)),
                    String.format(
                            Locale.ROOT,
                            "%.1e",
                            of.stream().mapToDouble(Outcome::rate).average().orElse(Double.NaN)));
        }
        double usualHeldOut =
                usual.stream().mapToDouble(Outcome::heldOut).average().orElse(Double.NaN);
        return new Result(
                "Optimisers",
                "Prodigy needs no learning rate, and an average of the weights is better than the last of them.",
                "Of %d trainings of %d steps each, the same draws for all: %s comes to the least held-out loss."
                        .formatted(seeds, steps, best),
                table,
                List.of(),
                List.of(Check.atMost("held-out loss with AdamW, of before", usualHeldOut, 1)));
    }

    /** Mean and 95 % of paired differences. */
    private static String interval(List<Double> differences) {
        int n = differences.size();
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double square = differences.stream()
                .mapToDouble(difference -> (difference - mean) * (difference - mean))
                .sum();
        double half =
                n < 2 ? Double.NaN : STUDENT[Math.min(n - 2, STUDENT.length - 1)] * Math.sqrt(square / (n - 1) / n);
        return String.format(Locale.ROOT, "%+.3f ± %.3f", mean, half);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
