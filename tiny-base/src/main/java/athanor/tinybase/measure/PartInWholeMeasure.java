package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.training.Example;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measure 3: the instances are heads cut out of pictures. What must stand on the other side of the loss so that the head comes
 * back small, on a body?
 */
final class PartInWholeMeasure implements Measure {

    private static final int HEADS = 8;
    private static final long SEED = 300;
    private static final String ALONE = "no prior";
    private static final String RENDERED = "rendered class pictures";
    private static final String WHOLE = "the whole picture";
    private static final String BOTH = "heads and wholes as instances, class pictures";

    /** Counts over all subjects and seeds of one variant, by prompt. */
    private static final class Counts {
        private HeadAndBody triggerFull = HeadAndBody.NONE;
        private HeadAndBody classFull = HeadAndBody.NONE;
        private Share bodyKept = Share.NONE;
        private Share classShows = Share.NONE;
    }

    @Override
    public String name() {
        return "part-in-whole";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Counts> byVariant = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet wholes = SubjectSet.of(
                        subject, HEADS, 40 + seed, Framing.FULL_BODY, Framing.FULL_BODY, Framing.HALF_BODY);
                if (rows.isEmpty()) {
                    rows.add(new Result.Row("wholes", wholes.pictures()));
                    rows.add(new Result.Row(
                            "heads", heads(wholes).stream().map(HeadCrop::head).toList()));
                }
                List<BufferedImage> before = classFull(harness, LoraSet.none(), wholes, effort);
                plans(harness, wholes, effort, seed).forEach((name, plan) -> {
                    LoraSet lora = harness.train(subject.folder() + ", " + name, plan);
                    ask(harness, lora, wholes, effort, before, name, byVariant, rows);
                });
            }
        }
        return result(byVariant, rows);
    }

    private static Map<String, TrainingPlan> plans(
            EvaluationHarness harness, SubjectSet wholes, Effort effort, long seed) {
        String trigger = SubjectSet.framed(wholes.prompt(), Framing.CLOSE_UP);
        String noun = wholes.classPrompt();
        List<HeadCrop> crops = heads(wholes);
        List<HeadCrop> placed = crops.stream().filter(HeadCrop::teachesAPlace).toList();
        List<Example> heads = crops.stream()
                .map(crop -> crop.of(SubjectSet.example(crop.head(), trigger)))
                .toList();
        List<Example> whole = placed.stream()
                .map(crop -> crop.of(SubjectSet.example(crop.whole(), named(noun, crop))))
                .toList();
        List<Example> both = new ArrayList<>(wholes.examples());
        both.addAll(heads);
        int steps = effort.steps();
        Map<String, TrainingPlan> plans = new LinkedHashMap<>();
        if (effort == Effort.SHORT) {
            plans.put(ALONE, TrainingPlan.withoutPrior(heads, steps, seed));
        } else {
            plans.put(RENDERED, TrainingPlan.withPrior(heads, harness.classPictures(wholes), steps, seed));
            plans.put(WHOLE, TrainingPlan.withPrior(heads, whole, steps, seed));
            plans.put(ALONE, TrainingPlan.withoutPrior(heads, steps, seed));
            Random random = new Random(seed);
            List<Example> masked = placed.stream()
                    .map(crop -> crop.of(crop.wholeWithoutHead(named(noun, crop))))
                    .toList();
            List<Example> transplants = crops.stream()
                    .map(crop -> crop.of(SubjectSet.example(crop.transplant(random), named(noun, crop))))
                    .toList();
            plans.put("whole, head masked out", TrainingPlan.withPrior(heads, masked, steps, seed));
            plans.put(
                    "whole, base's prediction",
                    TrainingPlan.withPrior(heads, whole, steps, seed).basePrediction());
            plans.put("transplants on other bodies", TrainingPlan.withPrior(heads, transplants, steps, seed));
            plans.put(BOTH, TrainingPlan.withPrior(both, harness.classPictures(wholes), steps, seed));
        }
        return plans;
    }

    /** As the preparation calls pictures of the prior. */
    private static String named(String noun, HeadCrop crop) {
        return SubjectSet.framed(noun, crop.scene().framing());
    }

    private static void ask(
            EvaluationHarness harness,
            LoraSet lora,
            SubjectSet set,
            Effort effort,
            List<BufferedImage> before,
            String name,
            Map<String, Counts> byVariant,
            List<Result.Row> rows) {
        Counts counts = byVariant.computeIfAbsent(name, key -> new Counts());
        List<BufferedImage> triggered =
                harness.render(lora, SubjectSet.framed(set.prompt(), Framing.FULL_BODY), SEED, effort.pictures());
        List<BufferedImage> ofClass = classFull(harness, lora, set, effort);
        List<Observation> seenTriggered = harness.look(triggered);
        List<Observation> seenOfClass = harness.look(ofClass);
        List<Observation> seenBefore = harness.look(before);
        List<Observation> seenClass = harness.look(harness.render(lora, set.classPrompt(), SEED, effort.pictures()));
        Subject subject = set.subject();
        counts.triggerFull = counts.triggerFull.plus(HeadAndBody.of(seenTriggered, subject));
        counts.classFull = counts.classFull.plus(HeadAndBody.of(seenOfClass, subject));
        counts.classShows = counts.classShows.plus(Share.of(seenClass, seen -> seen.shows(subject)));
        for (int i = 0; i < before.size(); i++) {
            counts.bodyKept =
                    counts.bodyKept.plus(new Share(sameBody(seenBefore.get(i), seenOfClass.get(i)) ? 1 : 0, 1));
        }
        rows.add(new Result.Row(set.subject().folder() + ", " + name + ": trigger, full body", triggered));
        rows.add(new Result.Row(set.subject().folder() + ", " + name + ": class, full body", ofClass));
    }

    private static List<BufferedImage> classFull(
            EvaluationHarness harness, LoraSet lora, SubjectSet set, Effort effort) {
        return harness.render(lora, SubjectSet.framed(set.classPrompt(), Framing.FULL_BODY), SEED, effort.pictures());
    }

    /** The shirt of the same seed kept its colour and its place. */
    private static boolean sameBody(Observation before, Observation after) {
        return before.head().isPresent()
                && after.head().isPresent()
                && before.head().get().shirt() == after.head().get().shirt()
                && !before.torsos().isEmpty()
                && !after.torsos().isEmpty()
                && Math.abs(before.torsos().get(0).x() - after.torsos().get(0).x()) < before.width() / 8.0;
    }

    private static List<HeadCrop> heads(SubjectSet wholes) {
        return wholes.scenes().stream().map(HeadCrop::new).toList();
    }

    private static Result result(Map<String, Counts> byVariant, List<Result.Row> rows) {
        List<Object> header = new ArrayList<>(List.of("against the heads stand", "prompt"));
        header.addAll(List.of(HeadAndBody.QUESTIONS));
        header.addAll(List.of("body as the base's", "class alone shows the subject"));
        Table table = new Table(header.toArray(String[]::new));
        byVariant.forEach((name, counts) -> {
            row(table, name, "token, full body", counts.triggerFull, "", "");
            row(table, name, "class word, full body", counts.classFull, counts.bodyKept, counts.classShows);
        });
        Counts rendered = byVariant.getOrDefault(RENDERED, new Counts());
        Counts whole = byVariant.getOrDefault(WHOLE, new Counts());
        Counts both = byVariant.getOrDefault(BOTH, new Counts());
        boolean heads = rendered.triggerFull.small().high() < 0.5;
        boolean wholes =
                whole.classFull.right().low() > rendered.classFull.right().high();
        return new Result(
                "The part in the whole",
                "Heads alone do not give full bodies; the whole picture as regularisation puts the head where it belongs.",
                """
                Heads alone %s: with rendered class pictures the token obeys "full body" in %s, and %s are right. The whole picture \
                as regularisation %s when the class word is prompted: %s right figures against %s; the price: the class word \
                alone shows the subject in %s. Heads and wholes as instances give %s right figures under the token, and the \
                class shows the subject in %s.""".formatted(
                                heads ? "do not give full bodies" : "do give full bodies here",
                                rendered.triggerFull.small(),
                                rendered.triggerFull.right(),
                                wholes ? "helps" : "does not help",
                                whole.classFull.right(),
                                rendered.classFull.right(),
                                whole.classShows,
                                both.triggerFull.right(),
                                both.classShows),
                table,
                rows,
                checks(byVariant));
    }

    private static List<Check> checks(Map<String, Counts> byVariant) {
        List<Check> checks = new ArrayList<>();
        byVariant.forEach((name, counts) -> {
            if (name.equals(ALONE)) {
                checks.add(Check.atMost(
                        "part in whole: full bodies from heads alone",
                        counts.triggerFull.small().value(),
                        0.5));
            }
            if (name.equals(WHOLE)) {
                checks.add(Check.atLeast(
                        "part in whole: right figures of the class word, whole as prior",
                        counts.classFull.right().value(),
                        0.5));
            }
        });
        return checks;
    }

    private static void row(
            Table table, String name, String prompt, HeadAndBody counts, Object bodyKept, Object classShows) {
        List<Object> cells = new ArrayList<>(List.of(name, prompt));
        cells.addAll(counts.shares());
        cells.addAll(List.of(bodyKept, classShows));
        table.row(cells.toArray());
    }
}
