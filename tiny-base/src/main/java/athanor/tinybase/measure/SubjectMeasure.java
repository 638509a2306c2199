package athanor.tinybase.measure;

import athanor.diffusion.runtime.LoraSet;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Measure 1: after how many steps does the trigger show the subject? */
final class SubjectMeasure implements Measure {

    private static final long SEED = 100;

    @Override
    public String name() {
        return "subject";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Set<Integer> stops = effort == Effort.SHORT ? Set.of(effort.ordinarySteps()) : stops(effort.ordinarySteps());
        Map<Integer, Share> byStep = new TreeMap<>();
        List<Result.Row> rows = new ArrayList<>();
        Table table = new Table("subject", "seed", "steps", "shows the subject");
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet set = SubjectSet.mixed(subject, seed);
                int chosenSeed = seed;
                rows.add(new Result.Row(subject.folder() + " instances", set.pictures()));
                count(harness, set, LoraSet.none(), effort, 0, byStep);
                harness.ordinary(set, effort.ordinarySteps(), seed, stops, (step, lora) -> {
                    List<BufferedImage> pictures = harness.render(lora, set.prompt(), SEED, effort.pictures());
                    Share share = Share.of(harness.look(pictures), seen -> seen.shows(subject));
                    byStep.merge(step, share, Share::plus);
                    table.row(subject.folder(), chosenSeed, step, share);
                    rows.add(new Result.Row(subject.folder() + ", step " + step, pictures));
                });
            }
        }
        byStep.forEach((step, share) -> table.row("**all**", "", step, share));
        Share last = byStep.getOrDefault(effort.ordinarySteps(), Share.NONE);
        return new Result(
                "Subject",
                "A rare token learns a person from a handful of pictures.",
                "%s: %s of the pictures show the subject after %d steps, %s before."
                        .formatted(
                                last.low() > 0.5 ? "Holds" : "Not shown",
                                last,
                                effort.ordinarySteps(),
                                byStep.getOrDefault(0, Share.NONE)),
                table,
                rows,
                List.of(Check.atLeast("subject under its trigger", last.value(), 0.35)));
    }

    private static void count(
            EvaluationHarness harness,
            SubjectSet set,
            LoraSet lora,
            Effort effort,
            int step,
            Map<Integer, Share> byStep) {
        List<BufferedImage> pictures = harness.render(lora, set.prompt(), SEED, effort.pictures());
        byStep.merge(step, Share.of(harness.look(pictures), seen -> seen.shows(set.subject())), Share::plus);
    }

    /** Where something happens: a sixth, a third, two thirds, the end. */
    private static Set<Integer> stops(int steps) {
        return Set.of(steps / 6, steps / 3, steps * 2 / 3, steps);
    }
}
