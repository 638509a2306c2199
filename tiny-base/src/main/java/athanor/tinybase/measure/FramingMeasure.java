package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.training.Example;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measure 4: can a LoRA draw a framing that it was not shown, and does a prompt that avoids it help? */
final class FramingMeasure implements Measure {

    private static final long SEED = 400;
    private static final String HALF_ONLY = "half body only";
    private static final String MIXED = "all framings";
    private static final String OUTLIER = "29 half body, 1 blurred full body";

    /** Counts over all subjects and seeds of one set. */
    private static final class Counts {
        private Share whole = Share.NONE;
        private Share obeyed = Share.NONE;
        private Share rewritten = Share.NONE;
    }

    @Override
    public String name() {
        return "framing";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Counts> bySet = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet half = SubjectSet.of(subject, 12, 60 + seed, Framing.HALF_BODY);
                loras(harness, half, effort, seed).forEach((name, lora) -> {
                    Counts counts = bySet.computeIfAbsent(name, key -> new Counts());
                    rows.add(ask(harness, lora, half, effort, Framing.FULL_BODY, name, counts));
                    rows.add(ask(harness, lora, half, effort, Framing.HALF_BODY, name, counts));
                });
            }
        }
        return result(bySet, rows);
    }

    private static Map<String, LoraSet> loras(EvaluationHarness harness, SubjectSet half, Effort effort, long seed) {
        Subject subject = half.subject();
        Map<String, LoraSet> loras = new LinkedHashMap<>();
        loras.put(HALF_ONLY, train(harness, half, half.examples(), HALF_ONLY, effort, seed));
        loras.put(MIXED, harness.ordinary(SubjectSet.mixed(subject, seed), effort.ordinarySteps(), seed));
        if (effort != Effort.SHORT) {
            SubjectSet many = SubjectSet.of(subject, 29, 60 + seed, Framing.HALF_BODY);
            List<Example> outlier = new ArrayList<>(many.examples());
            Scene full = SubjectSet.of(subject, 1, 90 + seed, Framing.FULL_BODY)
                    .scenes()
                    .get(0);
            // small and out of focus, as such pictures are
            BufferedImage blurred = LowResolution.at(Painter.paint(full, 64, 64), 16);
            outlier.add(SubjectSet.example(blurred, Captions.ofSubject(full, SubjectSet.TRIGGER)));
            loras.put(OUTLIER, train(harness, half, outlier, OUTLIER, effort, seed));
        }
        return loras;
    }

    private static LoraSet train(
            EvaluationHarness harness, SubjectSet set, List<Example> pictures, String name, Effort effort, long seed) {
        TrainingPlan plan = effort.plan(pictures, harness.classPictures(set), effort.steps(), seed);
        return harness.train(set.subject().folder() + ", " + name, plan);
    }

    private static Result.Row ask(
            EvaluationHarness harness,
            LoraSet lora,
            SubjectSet set,
            Effort effort,
            Framing framing,
            String name,
            Counts counts) {
        List<BufferedImage> pictures =
                harness.render(lora, SubjectSet.framed(set.prompt(), framing), SEED, effort.pictures());
        List<Observation> seen = harness.look(pictures);
        if (framing == Framing.FULL_BODY) {
            counts.whole = counts.whole.plus(Share.of(seen, one -> one.shows(set.subject()) && one.isWholeFigure()));
            counts.obeyed = counts.obeyed.plus(
                    Share.of(seen, one -> one.framing().filter(framing::equals).isPresent()));
        } else {
            counts.rewritten = counts.rewritten.plus(Share.of(
                    seen,
                    one -> one.shows(set.subject())
                            && one.isOnePerson()
                            && one.headIsOnABody()
                            && one.framing().filter(framing::equals).isPresent()));
        }
        return new Result.Row(set.subject().folder() + ", " + name + ": " + framing.word(), pictures);
    }

    private static Result result(Map<String, Counts> bySet, List<Result.Row> rows) {
        Table table = new Table(
                "trained on",
                "\"full body\": small figure",
                "and unbroken, and the subject",
                "rewritten to \"half body\": unbroken");
        bySet.forEach((name, counts) -> table.row(name, counts.obeyed, counts.whole, counts.rewritten));
        Counts half = bySet.getOrDefault(HALF_ONLY, new Counts());
        Counts mixed = bySet.getOrDefault(MIXED, new Counts());
        Share outlier = bySet.getOrDefault(OUTLIER, new Counts()).whole;
        boolean holds = mixed.whole.low() > half.whole.high();
        return new Result(
                "Framing",
                "A LoRA can draw only the framings it was shown.",
                """
                %s: asked for a full body, half-body pictures alone give %s whole figures of the subject, a set with full bodies \
                %s; %s. A guard that rewrites the prompt to "half body" gives %s.""".formatted(
                                holds ? "Holds" : "Does not hold at this size of the experiment",
                                half.whole,
                                mixed.whole,
                                outlier(outlier, half),
                                half.rewritten),
                table,
                rows,
                List.of(Check.atLeast("framing: prompt rewritten to a known framing", half.rewritten.value(), 0.5)));
    }

    /** Practitioners say that one poor picture of a framing does not teach it. */
    private static String outlier(Share outlier, Counts half) {
        return outlier.low() > half.whole.high()
                ? "that one blurred full-body picture among 29 does not help is not so here, it gives " + outlier
                : "one blurred full-body picture among 29 does not help, it gives " + outlier;
    }
}
