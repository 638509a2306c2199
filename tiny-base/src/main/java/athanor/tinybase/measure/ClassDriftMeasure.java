package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measure 2: what is left of the class, same seeds before and after, with and without prior preservation? */
final class ClassDriftMeasure implements Measure {

    private static final long SEED = 200;
    private static final String WITHOUT = "no prior";
    private static final String WITH = "class pictures";

    /** Counts over all subjects and seeds of one way of training. */
    private static final class Counts {
        private Share trigger = Share.NONE;
        private Share leak = Share.NONE;
        private Share otherLeak = Share.NONE;
        private double drift;
        private int trainings;
    }

    @Override
    public String name() {
        return "class-drift";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Counts> byVariant = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet set = SubjectSet.mixed(subject, seed);
                List<BufferedImage> before = harness.render(LoraSet.none(), set.classPrompt(), SEED, effort.pictures());
                rows.add(new Result.Row(subject.folder() + ": the class before", before));
                loras(harness, set, effort, seed).forEach((name, lora) -> {
                    Counts counts = byVariant.computeIfAbsent(name, key -> new Counts());
                    List<BufferedImage> after = harness.render(lora, set.classPrompt(), SEED, effort.pictures());
                    counts.leak = counts.leak.plus(showing(harness, after, subject));
                    counts.trigger = counts.trigger.plus(
                            showing(harness, harness.render(lora, set.prompt(), SEED, effort.pictures()), subject));
                    counts.otherLeak = counts.otherLeak.plus(showing(
                            harness, harness.render(lora, set.otherClassPrompt(), SEED, effort.pictures()), subject));
                    counts.drift += difference(before, after);
                    counts.trainings++;
                    rows.add(new Result.Row(subject.folder() + ": the class, " + name, after));
                });
            }
        }
        Table table = new Table(
                "training",
                "trigger shows the subject",
                "class shows it",
                "the other class shows it",
                "drift, grey levels");
        byVariant.forEach((name, counts) -> table.row(
                name,
                counts.trigger,
                counts.leak,
                counts.otherLeak,
                String.format(Locale.ROOT, "%.1f", counts.drift / counts.trainings)));
        return result(byVariant, table, rows);
    }

    private static Map<String, LoraSet> loras(EvaluationHarness harness, SubjectSet set, Effort effort, long seed) {
        Map<String, LoraSet> loras = new LinkedHashMap<>();
        TrainingPlan without = TrainingPlan.withoutPrior(set.examples(), effort.steps(), seed);
        loras.put(WITHOUT, harness.train(set.subject().folder() + ", no prior", without));
        loras.put(WITH, harness.ordinary(set, effort.ordinarySteps(), seed));
        if (effort != Effort.SHORT) {
            TrainingPlan with =
                    TrainingPlan.withPrior(set.examples(), harness.classPictures(set), effort.steps(), seed);
            loras.put(
                    "no prior, text encoder frozen",
                    harness.train(
                            set.subject().folder() + ", no prior, text encoder frozen",
                            without.withFrozenTextEncoder()));
            loras.put(
                    "base's prediction",
                    harness.train(set.subject().folder() + ", base's prediction", with.basePrediction()));
        }
        return loras;
    }

    private static Result result(Map<String, Counts> byVariant, Table table, List<Result.Row> rows) {
        Counts off = byVariant.getOrDefault(WITHOUT, new Counts());
        Counts on = byVariant.getOrDefault(WITH, new Counts());
        boolean holds = off.leak.low() > on.leak.high();
        return new Result(
                "Class drift",
                "Prior preservation keeps the class: without it \"a woman\" becomes the subject.",
                "%s: the class shows the subject in %s without a prior, in %s with class pictures."
                        .formatted(holds ? "Holds" : "Not shown", off.leak, on.leak),
                table,
                rows,
                List.of(
                        Check.atMost("class shows the subject, with prior", on.leak.value(), 0.2),
                        Check.atLeast(
                                "class shows the subject, without minus with",
                                off.leak.value() - on.leak.value(),
                                0.3)));
    }

    private static Share showing(EvaluationHarness harness, List<BufferedImage> pictures, Subject subject) {
        List<Observation> seen = harness.look(pictures);
        return Share.of(seen, observation -> observation.shows(subject));
    }

    /** @return mean absolute difference, grey levels of 255 */
    static double difference(List<BufferedImage> before, List<BufferedImage> after) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < before.size(); i++) {
            float[] a = Pixels.toPlanes(before.get(i));
            float[] b = Pixels.toPlanes(after.get(i));
            for (int k = 0; k < a.length; k++) {
                sum += Math.abs(a[k] - b[k]) * 127.5;
            }
            count += a.length;
        }
        return sum / Math.max(1, count);
    }
}
