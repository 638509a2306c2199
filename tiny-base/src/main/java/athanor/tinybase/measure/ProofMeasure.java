package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.proof.Proof;
import athanor.proof.ProofPlan;
import athanor.proof.ProveLora;
import athanor.proof.Trial;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measure 8: does the proof of a run, which knows neither the judge nor the world, recommend what the judge finds best? Good
 * recipes and bad ones take turns: with class pictures, and without any, which makes the class the subject.
 */
final class ProofMeasure implements Measure {

    private static final long SEED = 300;
    private static final List<Double> STRENGTHS = List.of(0.8, 1.2);
    private static final List<Framing> FRAMINGS = List.of(Framing.CLOSE_UP, Framing.FULL_BODY);
    private static final int THIRDS = 3;

    /** As much as a quick proof of the demo's recipe may draw. */
    private static final int QUICK_PICTURES = 68;

    /** One run with what the proof says of it and what the judge does. */
    private record Proved(String name, Proof proof, Map<Trial, Double> judged) {

        double best() {
            return judged.values().stream().mapToDouble(score -> score).max().orElse(0);
        }

        double recommended() {
            return judged.getOrDefault(proof.recommended().trial(), 0.0);
        }

        double asTrained() {
            return judged.getOrDefault(proof.asTrained().trial(), 0.0);
        }
    }

    @Override
    public String name() {
        return "proof";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        List<Proved> runs = new ArrayList<>();
        List<Result.Row> rows = new ArrayList<>();
        boolean prior = true;
        for (Subject subject : effort.subjects()) {
            runs.add(prove(harness, effort, subject, prior, rows));
            prior = !prior;
        }
        return result(runs, rows);
    }

    private static Proved prove(
            EvaluationHarness harness, Effort effort, Subject subject, boolean prior, List<Result.Row> rows) {
        SubjectSet set = SubjectSet.mixed(subject, 1);
        String name = subject.folder() + (prior ? ", class pictures" : ", no prior");
        int steps = effort.ordinarySteps();
        TrainingPlan training = prior
                ? TrainingPlan.withPrior(set.examples(), harness.classPictures(set), steps, 1)
                : TrainingPlan.withoutPrior(set.examples(), steps, 1);
        Map<Integer, LoraSet> checkpoints = new TreeMap<>();
        harness.train(name, training, Set.of(steps / THIRDS, 2 * steps / THIRDS, steps), checkpoints::put);
        ProofPlan plan = new ProofPlan(
                        set.prompt(),
                        set.classPrompt(),
                        FRAMINGS.stream().map(Framing::word).toList(),
                        List.copyOf(checkpoints.keySet()),
                        STRENGTHS,
                        false,
                        4,
                        8,
                        SEED)
                .within(QUICK_PICTURES)
                .orElseThrow();
        Proof proof = ProveLora.prove(plan, set.pictures(), new DrawnStudio(harness, set.classPrompt(), checkpoints));

        Map<Trial, Double> judged = new LinkedHashMap<>();
        checkpoints.forEach((step, lora) -> {
            for (double strength : List.of(0.8, 1.0, 1.2)) {
                Trial trial = new Trial(step, strength);
                judged.put(trial, judged(harness, effort, set, lora.times(strength), trial, proof, name, rows));
            }
        });
        return new Proved(name, proof, judged);
    }

    /** With other seeds than the proof's: pictures of the subject as they were asked for, less those of the class that show it. */
    private static double judged(
            EvaluationHarness harness,
            Effort effort,
            SubjectSet set,
            LoraSet lora,
            Trial trial,
            Proof proof,
            String name,
            List<Result.Row> rows) {
        int each = Math.max(2, effort.pictures() / 4);
        Share right =
                Share.of(harness.look(harness.render(lora, set.prompt(), 2 * SEED, each)), seen -> isRight(seen, set));
        for (Framing framing : FRAMINGS) {
            List<BufferedImage> pictures =
                    harness.render(lora, SubjectSet.framed(set.prompt(), framing), 2 * SEED, each);
            right = right.plus(Share.of(
                    harness.look(pictures),
                    seen -> isRight(seen, set)
                            && seen.framing().filter(framing::equals).isPresent()));
            if (framing == Framing.FULL_BODY && trial.equals(proof.recommended().trial())) {
                rows.add(new Result.Row(name + ", recommended: " + trial.words(), pictures));
            }
        }
        Share leak = Share.of(
                harness.look(harness.render(lora, set.classPrompt(), 2 * SEED, 2 * each)),
                seen -> seen.shows(set.subject()));
        return right.value() - leak.value();
    }

    private static boolean isRight(Observation seen, SubjectSet set) {
        return seen.shows(set.subject()) && seen.isOnePerson();
    }

    private static Result result(List<Proved> runs, List<Result.Row> rows) {
        Table table = new Table(
                "run",
                "held-out pictures told apart (AUC)",
                "recommended",
                "judged: the recommended",
                "the best of all nine",
                "the finished LoRA at strength 1");
        double reached = 0;
        double best = 0;
        double trained = 0;
        double auc = 1;
        for (Proved run : runs) {
            table.row(
                    run.name(),
                    number(run.proof().separation()),
                    run.proof().recommended().trial().words(),
                    number(run.recommended()),
                    number(run.best()),
                    number(run.asTrained()));
            reached += run.recommended();
            best += run.best();
            trained += run.asTrained();
            auc = Math.min(auc, run.proof().separation());
        }
        double share = best <= 0 ? 0 : Math.max(0, reached / best);
        return new Result(
                "The proof",
                "What a run's proof recommends, from the base's own features alone, is what is best.",
                String.format(
                        Locale.ROOT,
                        "The recommended checkpoints and strengths reach %.0f %% of the best score by the judge over %d runs, the finished LoRAs at strength 1 reach %.0f %% (goal: 95 %%). Held-out pictures of the subjects are told from the base's with AUC %.2f or better.",
                        100 * share,
                        runs.size(),
                        100 * Math.max(0, best <= 0 ? 0 : trained / best),
                        auc),
                table,
                rows,
                List.of(
                        Check.atLeast("held-out pictures of the subject told apart, AUC", auc, 0.9),
                        Check.atLeast("score of what is recommended, of the best", share, 0.7)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
