package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Measure 11: does more work make a better LoRA, and does the rate that a preset gives to its rank fit it? */
final class PresetMeasure implements Measure {

    private static final int SEEDS = 2;
    private static final long FIRST_PICTURE = 100;
    /** That of the recipe of this base, which is for rank 8. */
    private static final double USUAL_RATE = MeasuredPreset.BALANCED.learningRate();

    private static final List<MeasuredPreset> PRESETS = List.of(
            MeasuredPreset.QUICK,
            MeasuredPreset.BALANCED,
            MeasuredPreset.THOROUGH,
            MeasuredPreset.QUICK.atRate("quick, rate of rank 8", USUAL_RATE),
            MeasuredPreset.THOROUGH.atRate("thorough, rate of rank 8", USUAL_RATE));

    /** @param wholeFigures of the subject, asked for a full body */
    private record Outcome(Share subject, Share wholeFigures, Share drifted, double seconds) {

        static final Outcome NONE = new Outcome(Share.NONE, Share.NONE, Share.NONE, 0);

        Outcome plus(Outcome other) {
            return new Outcome(
                    subject.plus(other.subject),
                    wholeFigures.plus(other.wholeFigures),
                    drifted.plus(other.drifted),
                    seconds + other.seconds);
        }
    }

    @Override
    public String name() {
        return "presets";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        int seeds = effort == Effort.SHORT ? 1 : SEEDS;
        Map<MeasuredPreset, Outcome> outcomes = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= seeds; seed++) {
                SubjectSet set = SubjectSet.mixed(subject, seed);
                for (MeasuredPreset preset : PRESETS) {
                    outcomes.merge(preset, outcome(harness, set, preset, seed, effort, rows), Outcome::plus);
                }
            }
        }
        return result(outcomes, effort.subjects().size() * seeds, rows);
    }

    private static Outcome outcome(
            EvaluationHarness harness,
            SubjectSet set,
            MeasuredPreset preset,
            long seed,
            Effort effort,
            List<Result.Row> rows) {
        String name = "%s, %s, seed %d".formatted(set.subject().folder(), preset.name(), seed);
        TrainingPlan plan = TrainingPlan.withPrior(set.examples(), harness.classPictures(set), preset.steps(), seed)
                .ofRank(preset.rank())
                .atRate(preset.learningRate())
                .warmedUpFor(preset.warmUp());
        long start = System.nanoTime();
        LoraSet lora = harness.train(name, plan);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<BufferedImage> bare = harness.render(lora, set.prompt(), FIRST_PICTURE, effort.pictures());
        if (seed == 1) {
            rows.add(new Result.Row("%s, %s".formatted(set.subject().folder(), preset.name()), bare));
        }
        return new Outcome(
                share(harness, bare, seen -> seen.shows(set.subject())),
                share(
                        harness,
                        harness.render(
                                lora,
                                SubjectSet.framed(set.prompt(), Framing.FULL_BODY),
                                FIRST_PICTURE,
                                effort.pictures()),
                        seen -> seen.shows(set.subject()) && seen.isWholeFigure()),
                share(
                        harness,
                        harness.render(lora, set.classPrompt(), FIRST_PICTURE, effort.pictures()),
                        seen -> seen.shows(set.subject())),
                seconds);
    }

    private static Share share(EvaluationHarness harness, List<BufferedImage> pictures, Predicate<Observation> holds) {
        return Share.of(harness.look(pictures), holds);
    }

    private static Result result(Map<MeasuredPreset, Outcome> outcomes, int trainings, List<Result.Row> rows) {
        Table table = new Table(
                "preset",
                "steps",
                "rank",
                "rate",
                "shows the subject",
                "whole figure of the subject",
                "the class shows it",
                "seconds");
        outcomes.forEach((preset, outcome) -> table.row(
                preset.name(),
                preset.steps(),
                preset.rank(),
                preset.learningRate(),
                outcome.subject(),
                outcome.wholeFigures(),
                outcome.drifted(),
                String.format(Locale.ROOT, "%.0f", outcome.seconds() / trainings)));
        Outcome quick = outcomes.getOrDefault(MeasuredPreset.QUICK, Outcome.NONE);
        Outcome balanced = outcomes.getOrDefault(MeasuredPreset.BALANCED, Outcome.NONE);
        Outcome thorough = outcomes.getOrDefault(MeasuredPreset.THOROUGH, Outcome.NONE);
        return new Result(
                "Presets",
                "More steps at a larger rank show the subject more surely, and the class stays as it was.",
                "The subject is shown in %s of the pictures by quick, in %s by balanced, in %s by thorough; the class shows it in %s, %s, %s."
                        .formatted(
                                quick.subject(),
                                balanced.subject(),
                                thorough.subject(),
                                quick.drifted(),
                                balanced.drifted(),
                                thorough.drifted()),
                table,
                rows,
                List.of(
                        Check.atLeast("subject, quick", quick.subject().value(), 0.25),
                        Check.atLeast("subject, thorough", thorough.subject().value(), 0.5)));
    }
}
