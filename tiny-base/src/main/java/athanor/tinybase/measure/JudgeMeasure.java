package athanor.tinybase.measure;

import athanor.tinybase.judge.JudgeAccuracy;
import athanor.tinybase.judge.RoundTrip;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Measure of the measure: how often is the judge right about drawings that it was not trained on? */
final class JudgeMeasure implements Measure {

    private static final int SIDE = SubjectSet.SIDE;
    private static final int PSNR_PICTURES = 64;

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        int pictures = 4 * effort.captions();
        Map<String, JudgeAccuracy> ways = new LinkedHashMap<>();
        ways.put("clean", JudgeAccuracy.of(harness.judge(), pictures, UnaryOperator.identity()));
        ways.put("blurred", JudgeAccuracy.of(harness.judge(), pictures, JudgeAccuracy.blurredBy(1)));
        ways.put("encoded and decoded", JudgeAccuracy.of(harness.judge(), pictures, new RoundTrip(harness.base())));
        Table table = new Table("question", "clean", "blurred by 1 pixel", "through the autoencoder");
        List<Double> all = new ArrayList<>();
        for (String question : ways.values().iterator().next().shares().keySet()) {
            List<String> row = new ArrayList<>(List.of(question));
            for (JudgeAccuracy accuracy : ways.values()) {
                double share = accuracy.shares().getOrDefault(question, 0.0);
                row.add(String.format(Locale.ROOT, "%.1f %%", 100 * share));
                all.add(share);
            }
            table.row(row.toArray());
        }
        double worst = all.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double mean = all.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new Result(
                "The judge",
                "The judge is right about drawings it has not seen (goal: 98 % in each question).",
                String.format(
                        Locale.ROOT,
                        "Right in %.1f %% of all questions, in %.1f %% of the worst one. The autoencoder gives drawings back with %.1f dB.",
                        100 * mean,
                        100 * worst,
                        psnr(harness)),
                table,
                List.of(),
                List.of(Check.atLeast("judge: mean accuracy", mean, 0.95)));
    }

    private static double psnr(EvaluationHarness harness) {
        Random random = new Random(77_001);
        List<float[]> pictures = new ArrayList<>();
        for (int i = 0; i < PSNR_PICTURES; i++) {
            pictures.add(Pixels.toPlanes(Painter.paint(Scene.random(random), SIDE, SIDE)));
        }
        return new RoundTrip(harness.base()).psnr(pictures);
    }
}
