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
import java.util.Locale;
import java.util.Map;

/** Measure 6: the same set stored at full, half and quarter resolution: how much of the subject's detail is learnt? */
final class ResolutionMeasure implements Measure {

    private static final long SEED = 600;
    private static final int SIDE = SubjectSet.SIDE;

    /** Sums over all subjects and seeds at one resolution. */
    private static final class Counts {
        private Share subject = Share.NONE;
        private double emblem;
        private double sharpness;
        private int heads;
    }

    @Override
    public String name() {
        return "resolution";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Counts> byResolution = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        Map<String, Integer> sides = new LinkedHashMap<>();
        sides.put("full", SIDE);
        if (effort != Effort.SHORT) {
            sides.put("half", SIDE / 2);
        }
        sides.put("quarter", SIDE / 4);
        for (Subject subject : effort.subjects()) {
            for (int seed = 1; seed <= effort.seeds(); seed++) {
                SubjectSet set = SubjectSet.mixed(subject, seed);
                List<BufferedImage> drawn = set.scenes().stream()
                        .map(scene -> Painter.paint(scene.with(Framing.CLOSE_UP), SIDE, SIDE))
                        .toList();
                count(harness, drawn, subject, byResolution.computeIfAbsent("the drawings", k -> new Counts()));
                for (Map.Entry<String, Integer> entry : sides.entrySet()) {
                    LoraSet lora = lora(harness, set, entry.getValue(), effort, seed);
                    String prompt = SubjectSet.framed(set.prompt(), Framing.CLOSE_UP);
                    List<BufferedImage> pictures = harness.render(lora, prompt, SEED, effort.pictures());
                    count(harness, pictures, subject, byResolution.computeIfAbsent(entry.getKey(), k -> new Counts()));
                    rows.add(new Result.Row(subject.folder() + ", " + entry.getKey() + " resolution", pictures));
                }
            }
        }
        return result(byResolution, rows);
    }

    private static LoraSet lora(EvaluationHarness harness, SubjectSet set, int side, Effort effort, long seed) {
        if (side == SIDE && effort != Effort.SHORT) {
            return harness.ordinary(set, effort.ordinarySteps(), seed);
        }
        List<Example> stored = new ArrayList<>();
        for (Scene scene : set.scenes()) {
            BufferedImage picture = LowResolution.at(Painter.paint(scene, SIDE, SIDE), side);
            stored.add(SubjectSet.example(picture, Captions.ofSubject(scene, SubjectSet.TRIGGER)));
        }
        String name = "%s, stored with %d pixels a side".formatted(set.subject().folder(), side);
        return harness.train(name, effort.plan(stored, harness.classPictures(set), effort.ordinarySteps(), seed));
    }

    private static void count(EvaluationHarness harness, List<BufferedImage> pictures, Subject subject, Counts counts) {
        List<Observation> seen = harness.look(pictures);
        counts.subject = counts.subject.plus(Share.of(seen, one -> one.shows(subject)));
        for (int i = 0; i < pictures.size(); i++) {
            counts.emblem +=
                    Detail.emblemShare(pictures.get(i), seen.get(i), subject).orElse(0.0);
            counts.sharpness += Detail.sharpness(pictures.get(i), seen.get(i)).orElse(0.0);
            counts.heads++;
        }
    }

    private static Result result(Map<String, Counts> byResolution, List<Result.Row> rows) {
        Counts truth = byResolution.getOrDefault("the drawings", new Counts());
        Table table = new Table(
                "resolution of the set",
                "shows the subject",
                "emblem, of the drawn one",
                "sharpness of the head, of the drawn one");
        byResolution.forEach((name, counts) -> table.row(
                name, counts.subject, percent(relative(counts, truth, true)), percent(relative(counts, truth, false))));
        double full = relative(byResolution.getOrDefault("full", new Counts()), truth, false);
        double quarter = relative(byResolution.getOrDefault("quarter", new Counts()), truth, false);
        return new Result(
                "Resolution",
                "Detail that the training pictures do not have cannot come back.",
                "%s: the head keeps %s of the drawn sharpness when trained at full resolution, %s at a quarter."
                        .formatted(full > 1.1 * quarter ? "Holds" : "Not shown", percent(full), percent(quarter)),
                table,
                rows,
                List.of(Check.atLeast("resolution: sharpness full over quarter", full / Math.max(1e-9, quarter), 1.1)));
    }

    private static double relative(Counts counts, Counts truth, boolean emblem) {
        double mean = (emblem ? counts.emblem : counts.sharpness) / Math.max(1, counts.heads);
        double wanted = (emblem ? truth.emblem : truth.sharpness) / Math.max(1, truth.heads);
        return wanted == 0 ? 0 : mean / wanted;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
