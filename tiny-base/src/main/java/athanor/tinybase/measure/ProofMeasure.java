package athanor.tinybase.measure;

import athanor.diffusion.pipeline.RenderRequest.PromptedSeed;
import athanor.diffusion.runtime.LoraSet;
import athanor.proof.Proof;
import athanor.proof.ProofPlan;
import athanor.proof.ProveLora;
import athanor.proof.Trial;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Measure 8: does the proof of a run, which knows neither the judge nor the world, recommend what the judge finds best? Over good
 * recipes and bad ones ({@link ProvedRun}).
 */
final class ProofMeasure implements Measure {

    private static final long SEED = 300;
    private static final List<Double> STRENGTHS = List.of(0.8, 1.0, 1.2);
    private static final List<Framing> FRAMINGS = List.of(Framing.CLOSE_UP, Framing.FULL_BODY);

    /** As much as a quick proof of the demo's recipe may draw. */
    private static final int QUICK_PICTURES = 68;

    /** Pictures that the judge sees of each prompt of a trial; twice as many of the class. */
    private static final int JUDGED = 8;

    /** One run with what the proof says of it and what the judge does. */
    private record Proved(ProvedRun run, Proof proof, Map<Trial, Double> judged) {

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
        for (ProvedRun run : ProvedRun.all(effort)) {
            Proved proved = prove(harness, run, effort == Effort.SHORT ? 2 : JUDGED, rows);
            harness.log("%s: recommended %s, judged %.2f of %.2f"
                    .formatted(
                            run.name(),
                            proved.proof().recommended().trial().words(),
                            proved.recommended(),
                            proved.best()));
            runs.add(proved);
        }
        return result(runs, rows);
    }

    private static Proved prove(EvaluationHarness harness, ProvedRun run, int each, List<Result.Row> rows) {
        SubjectSet set = run.set();
        Map<Integer, LoraSet> checkpoints =
                harness.checkpoints(run.name(), run.training(harness), new TreeSet<>(run.checkpoints()));
        ProofPlan plan = new ProofPlan(
                        set.prompt(),
                        set.classPrompt(),
                        FRAMINGS.stream().map(Framing::word).toList(),
                        List.copyOf(checkpoints.keySet()),
                        STRENGTHS,
                        false,
                        4,
                        8,
                        SEED,
                        List.of())
                .within(QUICK_PICTURES)
                .orElseThrow();
        DrawnStudio studio = new DrawnStudio(harness, set.classPrompt(), checkpoints);
        Proof proof = ProveLora.prove(plan, set.pictures(), studio);

        Map<Trial, Double> judged = new LinkedHashMap<>();
        checkpoints.forEach((step, lora) -> {
            for (double strength : STRENGTHS) {
                Trial trial = new Trial(step, strength);
                String shown = trial.equals(proof.recommended().trial())
                        ? "%s, recommended: %s".formatted(run.name(), trial.words())
                        : "";
                judged.put(trial, judged(harness, set, lora.times(strength), each, shown, rows));
            }
        });
        return new Proved(run, proof, judged);
    }

    /**
     * With other seeds than the proof's: pictures of the subject as they were asked for, less those of the class that show it. What
     * is worse than the base alone, which has 0, is worth no more than that.
     *
     * @param shown the title of a row with its full bodies; empty for none
     */
    private static double judged(
            EvaluationHarness harness, SubjectSet set, LoraSet lora, int each, String shown, List<Result.Row> rows) {
        Share right = Share.of(harness.look(draw(harness, lora, set.prompt(), each)), seen -> isRight(seen, set));
        for (Framing framing : FRAMINGS) {
            List<BufferedImage> pictures = draw(harness, lora, SubjectSet.framed(set.prompt(), framing), each);
            right = right.plus(Share.of(
                    harness.look(pictures),
                    seen -> isRight(seen, set)
                            && seen.framing().filter(framing::equals).isPresent()));
            if (framing == Framing.FULL_BODY && !shown.isEmpty()) {
                rows.add(new Result.Row(shown, pictures));
            }
        }
        Share leak = Share.of(
                harness.look(draw(harness, lora, set.classPrompt(), 2 * each)), seen -> seen.shows(set.subject()));
        return Math.max(0, right.value() - leak.value());
    }

    private static List<BufferedImage> draw(EvaluationHarness harness, LoraSet lora, String prompt, int count) {
        List<PromptedSeed> wanted = LongStream.range(2 * SEED, 2 * SEED + count)
                .mapToObj(seed -> new PromptedSeed(prompt, seed))
                .toList();
        return harness.render(lora, wanted, SubjectSet.SIDE, DrawnStudio.SAMPLER_STEPS);
    }

    private static boolean isRight(Observation seen, SubjectSet set) {
        return seen.shows(set.subject()) && seen.isOnePerson();
    }

    private static Result result(List<Proved> runs, List<Result.Row> rows) {
        Table table = new Table(
                "run",
                "recipe",
                "held-out pictures told apart (AUC)",
                "recommended",
                "judged: the recommended",
                "the best of all nine",
                "the finished LoRA at strength 1");
        for (Proved run : runs) {
            table.row(
                    run.run().name() + (run.run().decided() ? " (decided on)" : ""),
                    run.run().words(),
                    number(run.proof().separation()),
                    run.proof().recommended().trial().words(),
                    number(run.recommended()),
                    number(run.best()),
                    number(run.asTrained()));
        }
        double auc =
                runs.stream().mapToDouble(run -> run.proof().separation()).min().orElse(0);
        List<Proved> others = runs.stream().filter(run -> !run.run().decided()).toList();
        return new Result(
                "The proof",
                "What a run's proof recommends, from the base's own features alone, is what is best.",
                String.format(
                        Locale.ROOT,
                        "The recommended checkpoints and strengths reach %.0f %% of the best score by the judge over %d runs (goal: 95 %%), %.0f %% over the %d of them that nothing was decided on; the finished LoRAs at strength 1 reach %.0f %%. Held-out pictures of the subjects are told from the base's with AUC %.2f or better.",
                        100 * share(runs, Proved::recommended),
                        runs.size(),
                        100 * share(others, Proved::recommended),
                        others.size(),
                        100 * share(runs, Proved::asTrained),
                        auc),
                table,
                rows,
                List.of(
                        Check.atLeast("held-out pictures of the subject told apart, AUC", auc, 0.9),
                        Check.atLeast(
                                "score of what is recommended, of the best", share(runs, Proved::recommended), 0.7)));
    }

    private static double share(List<Proved> runs, ToDoubleFunction<Proved> reached) {
        double best = runs.stream().mapToDouble(Proved::best).sum();
        return best <= 0 ? 0 : Math.max(0, runs.stream().mapToDouble(reached).sum() / best);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
