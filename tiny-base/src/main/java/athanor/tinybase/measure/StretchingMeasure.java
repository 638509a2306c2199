package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measure 5: trained at one size, rendered larger: do figures double, does the composition break? */
final class StretchingMeasure implements Measure {

    private static final long SEED = 500;
    private static final int SIDE = SubjectSet.SIDE;
    private static final String BASE = "base, no LoRA";

    /** Counts over all subjects and seeds at one size. */
    private static final class Counts {
        private Share one = Share.NONE;
        private Share subject = Share.NONE;
        private Share unbroken = Share.NONE;
    }

    @Override
    public String name() {
        return "stretching";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Counts> rowsOfTable = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        int[] sides = effort == Effort.SHORT ? new int[] {SIDE, 2 * SIDE} : new int[] {64, 80, 96, 128};
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet set = SubjectSet.mixed(subject, seed);
                LoraSet lora = harness.ordinary(set, effort.ordinarySteps(), seed);
                for (int side : sides) {
                    ask(harness, LoraSet.none(), set.classPrompt(), subject, side, BASE, effort, rowsOfTable, rows);
                    ask(harness, lora, set.prompt(), subject, side, "trained at 64", effort, rowsOfTable, rows);
                }
                if (effort != Effort.SHORT) {
                    TrainingPlan large = TrainingPlan.withoutPrior(set.examples(96), effort.steps(), seed);
                    LoraSet trainedLarge = harness.train(subject.folder() + " at 96", large);
                    ask(harness, trainedLarge, set.prompt(), subject, 96, "trained at 96", effort, rowsOfTable, rows);
                }
            }
        }
        return result(rowsOfTable, rows);
    }

    private static void ask(
            EvaluationHarness harness,
            LoraSet lora,
            String prompt,
            Subject subject,
            int side,
            String name,
            Effort effort,
            Map<String, Counts> rowsOfTable,
            List<Result.Row> rows) {
        int pictures = Math.max(8, effort.pictures() / 2);
        List<BufferedImage> rendered =
                harness.render(lora, SubjectSet.framed(prompt, Framing.FULL_BODY), SEED, pictures, side);
        List<Observation> seen = harness.look(rendered);
        Counts counts = rowsOfTable.computeIfAbsent(key(name, side), key -> new Counts());
        counts.one = counts.one.plus(Share.of(seen, Observation::isOnePerson));
        counts.subject = counts.subject.plus(Share.of(seen, one -> one.shows(subject)));
        counts.unbroken = counts.unbroken.plus(Share.of(seen, Observation::isWholeFigure));
        rows.add(new Result.Row(subject.folder() + ", " + key(name, side), rendered));
    }

    private static String key(String name, int side) {
        return "%s, rendered at %d".formatted(name, side);
    }

    private static Result result(Map<String, Counts> rowsOfTable, List<Result.Row> rows) {
        Table table = new Table("full body", "one person", "whole figure that fills the frame as asked", "the subject");
        rowsOfTable.forEach((name, counts) -> table.row(name, counts.one, counts.unbroken, counts.subject));
        Counts same = rowsOfTable.getOrDefault(key("trained at 64", 64), new Counts());
        Counts twice = rowsOfTable.getOrDefault(key("trained at 64", 128), new Counts());
        Counts ofBase = rowsOfTable.getOrDefault(key(BASE, 64), new Counts());
        Counts ofBaseTwice = rowsOfTable.getOrDefault(key(BASE, 128), new Counts());
        boolean holds = same.unbroken.low() > twice.unbroken.high();
        return new Result(
                "Stretching",
                "A LoRA trained at one size and rendered larger is stretched: figures double, composition breaks.",
                "%s: %s whole figures at the trained size, %s at twice the size."
                        .formatted(holds ? "Holds" : "Not shown", same.unbroken, twice.unbroken),
                table,
                rows,
                List.of(Check.atLeast(
                        "stretching: the base's whole figures, 1x minus 2x",
                        ofBase.unbroken.value() - ofBaseTwice.unbroken.value(),
                        0.3)));
    }
}
