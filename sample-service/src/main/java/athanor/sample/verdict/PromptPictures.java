package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The pictures of one prompt, same seeds in the same order.
 *
 * @param callsSubject whether the prompt holds the word that calls the subject
 * @param without rendered by the base alone
 * @param with rendered with the LoRA
 */
public record PromptPictures(
        String prompt, boolean callsSubject, List<BufferedImage> without, List<BufferedImage> with) {

    public PromptPictures {
        without = List.copyOf(without);
        with = List.copyOf(with);
    }
}
