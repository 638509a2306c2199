package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * What one way to use the LoRA came to.
 *
 * @param identity how far pictures of the subject's prompts show it
 * @param leak how far pictures of the class alone show it
 * @param classShift how far the class's pictures as a whole moved from the base's; 1 is what two sets of the base's differ by
 * @param copies share of the subject's pictures that are a training picture again
 * @param framings whether they came, where that is known
 * @param broken share of the subject's pictures that show more than one figure, or one in parts; empty where that is not known
 * @param gains what each picture of the subject is worth, 0 to 1, in the order of the plan
 * @param losses what each picture of the class costs, 0 to 1
 * @param shown one picture of each of the subject's prompts and one of the class
 */
public record ProvedTrial(
        Trial trial,
        Estimate identity,
        Estimate leak,
        double classShift,
        Estimate copies,
        List<Framed> framings,
        Optional<Estimate> broken,
        List<Double> gains,
        List<Double> losses,
        List<BufferedImage> shown) {

    /** A class that moved by less than this may have moved by chance. */
    private static final double BY_CHANCE = 2;

    /** What every further distance between two sets of the base's own costs: a class that moved by some thirty of them is gone. */
    private static final double FOR_EACH = 0.03;

    /** The subject where it is asked for, less the subject where it is not, less what the class lost besides. */
    public double score() {
        return mean(gains) - mean(losses) - FOR_EACH * Math.max(0, classShift - BY_CHANCE);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
