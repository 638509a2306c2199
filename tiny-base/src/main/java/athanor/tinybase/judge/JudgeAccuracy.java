package athanor.tinybase.judge;

import athanor.tinybase.world.Accessory;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** How often the judge is right about drawings it was not trained on. */
public final class JudgeAccuracy {

    private static final int SIDE = 64;
    private static final long SEED = 990_001;

    private final Map<String, int[]> rightAndAsked = new LinkedHashMap<>();
    private double headError;
    private int heads;

    private JudgeAccuracy() {}

    /** @param change what is done to the drawings first; takes and gives 64x64 planes */
    public static JudgeAccuracy of(Judge judge, int pictures, UnaryOperator<List<float[]>> change) {
        Random random = new Random(SEED);
        List<LabelledPicture> drawn = new ArrayList<>();
        List<float[]> planes = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            drawn.add(LabelledPicture.ofTheWorld(random, SIDE, SIDE));
            planes.add(Pixels.toPlanes(drawn.get(i).image()));
        }
        List<BufferedImage> shown = new ArrayList<>();
        change.apply(planes).forEach(changed -> shown.add(Pixels.toImage(changed, 0, SIDE, SIDE)));
        JudgeAccuracy accuracy = new JudgeAccuracy();
        List<Observation> seen = judge.look(shown);
        for (int i = 0; i < pictures; i++) {
            accuracy.count(drawn.get(i).backdrop(), seen.get(i));
        }
        return accuracy;
    }

    /** @return a blur of that many pixels, for {@link #of} */
    public static UnaryOperator<List<float[]>> blurredBy(double sigma) {
        return each(planes -> Degradation.blur(planes, SIDE, SIDE, sigma));
    }

    private static UnaryOperator<List<float[]>> each(Consumer<float[]> change) {
        return pictures -> {
            List<float[]> changed = new ArrayList<>();
            for (float[] picture : pictures) {
                float[] copy = picture.clone();
                change.accept(copy);
                changed.add(copy);
            }
            return changed;
        };
    }

    private void count(Scene scene, Observation seen) {
        Figure truth = Figure.of(scene, SIDE, SIDE);
        score("one head", seen.heads().size() == 1);
        score("place", seen.place() == scene.place());
        score("feet", seen.feet().size() == (scene.framing() == Framing.FULL_BODY ? 1 : 0));
        score("framing", seen.framing().filter(scene.framing()::equals).isPresent());
        if (scene.framing() == Framing.FULL_BODY) {
            score("whole figure", seen.isWholeFigure());
        }
        if (seen.head().isEmpty()) {
            return;
        }
        SeenHead head = seen.head().get();
        if (scene.subject() == null) {
            score("gender", head.gender() == scene.gender());
        }
        score("subject", head.subject() == scene.subject());
        score("accessory", head.accessory() == scene.accessory());
        score("shirt", head.shirt() == scene.shirt());
        if (scene.subject() == null && scene.accessory() != Accessory.HAT) {
            score("hair", head.hair() == scene.hair());
        }
        headError += Math.hypot(
                head.centre().x() - truth.head().getCenterX(),
                head.centre().y() - truth.head().getCenterY());
        heads++;
    }

    private void score(String question, boolean right) {
        int[] counts = rightAndAsked.computeIfAbsent(question, key -> new int[2]);
        counts[0] += right ? 1 : 0;
        counts[1]++;
    }

    /** @return share of right answers by question */
    public Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        rightAndAsked.forEach((question, counts) -> shares.put(question, (double) counts[0] / counts[1]));
        return shares;
    }

    /** @return mean distance of the head's middle from the truth, in pixels of 64 */
    public double headErrorPixels() {
        return headError / Math.max(1, heads);
    }
}
