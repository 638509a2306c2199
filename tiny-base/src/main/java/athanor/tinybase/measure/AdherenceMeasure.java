package athanor.tinybase.measure;

import athanor.diffusion.pipeline.RenderRequest.PromptedSeed;
import athanor.diffusion.runtime.LoraSet;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.judge.SeenHead;
import athanor.tinybase.world.Accessory;
import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Scene;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;

/** Measure 0: does the base draw what a caption says, also in combinations that it was never trained on? */
final class AdherenceMeasure implements Measure {

    private static final long SEED = 4242;
    private static final int SHEET = 32;

    @Override
    public String name() {
        return "adherence";
    }

    @Override
    public Result run(EvaluationHarness harness, Effort effort) {
        Map<String, Share> seen = new LinkedHashMap<>();
        Map<String, Share> heldOut = new LinkedHashMap<>();
        List<Result.Row> rows = new ArrayList<>();
        List<BufferedImage> pictures = ask(harness, scenes(false, effort.captions()), seen);
        for (int start = 0; start < Math.min(SHEET, pictures.size()); start += 8) {
            rows.add(new Result.Row("random captions", pictures.subList(start, Math.min(start + 8, pictures.size()))));
        }
        List<BufferedImage> strange = ask(harness, scenes(true, effort.captions()), heldOut);
        rows.add(new Result.Row("held-out combinations", strange.subList(0, Math.min(8, strange.size()))));
        Table table = new Table("asked for", "combinations of the training", "held-out combinations");
        seen.forEach((attribute, share) -> table.row(attribute, share, heldOut.getOrDefault(attribute, Share.NONE)));
        Share all = seen.getOrDefault("all five", Share.NONE);
        Share allHeldOut = heldOut.getOrDefault("all five", Share.NONE);
        return new Result(
                "The base follows its captions",
                "The base draws what the caption says (goal: all five attributes in 97 %, in held-out combinations in 90 %).",
                "All five attributes are right in %s, in held-out combinations in %s.".formatted(all, allHeldOut),
                table,
                rows,
                List.of(
                        Check.atLeast("base: all five attributes right", all.value(), 0.8),
                        Check.atLeast("base: the same on held-out combinations", allHeldOut.value(), 0.7)));
    }

    /** Without hats, which hide the hair. */
    private static List<Scene> scenes(boolean heldOut, int count) {
        Random random = new Random(heldOut ? SEED + 1 : SEED);
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scenes.add(Scene.random(random, heldOut).with(Accessory.NONE));
        }
        return scenes;
    }

    private static List<BufferedImage> ask(EvaluationHarness harness, List<Scene> scenes, Map<String, Share> shares) {
        List<PromptedSeed> prompts = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            prompts.add(new PromptedSeed(Captions.full(scenes.get(i)), SEED + i));
        }
        List<BufferedImage> pictures = harness.render(LoraSet.none(), prompts, SubjectSet.SIDE);
        List<Observation> seen = harness.look(pictures);
        Map<String, BiPredicate<Scene, Observation>> questions = questions();
        for (int i = 0; i < scenes.size(); i++) {
            boolean all = true;
            for (Map.Entry<String, BiPredicate<Scene, Observation>> question : questions.entrySet()) {
                boolean right = question.getValue().test(scenes.get(i), seen.get(i));
                all &= right;
                shares.merge(question.getKey(), new Share(right ? 1 : 0, 1), Share::plus);
            }
            shares.merge("all five", new Share(all ? 1 : 0, 1), Share::plus);
        }
        return pictures;
    }

    private static Map<String, BiPredicate<Scene, Observation>> questions() {
        Map<String, BiPredicate<Scene, Observation>> questions = new LinkedHashMap<>();
        questions.put("gender", ofHead((scene, head) -> head.gender() == scene.gender()));
        questions.put("hair", ofHead((scene, head) -> head.hair() == scene.hair()));
        questions.put("shirt", ofHead((scene, head) -> head.shirt() == scene.shirt()));
        questions.put(
                "framing",
                (scene, seen) -> seen.framing().filter(scene.framing()::equals).isPresent());
        questions.put("place", (scene, seen) -> seen.place() == scene.place());
        return questions;
    }

    private static BiPredicate<Scene, Observation> ofHead(BiPredicate<Scene, SeenHead> question) {
        return (scene, seen) ->
                seen.head().filter(head -> question.test(scene, head)).isPresent();
    }
}
