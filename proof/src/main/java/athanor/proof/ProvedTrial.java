package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What one way to use the LoRA came to.
 *
 * @param identity how far pictures of the subject's prompts show it
 * @param leak how far pictures of the class alone show it
 * @param classShift how far the class's pictures as a whole moved from the base's; 1 is what two sets of the base's differ by
 * @param copies share of the subject's pictures that are a training picture again
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
        List<Double> gains,
        List<Double> losses,
        List<BufferedImage> shown) {

    /** The subject where it is asked for, less the subject where it is not: -1 to 1. */
    public double score() {
        return mean(gains) - mean(losses);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
