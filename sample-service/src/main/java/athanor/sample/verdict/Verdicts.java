package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sentences about what a LoRA did, from two measurements that need no detector: how far the pictures of a prompt
 * moved, and how much their colours came to resemble those of the instance pictures. Neither sees a face, so no
 * sentence speaks of likeness.
 */
public final class Verdicts {

    /** Grey levels; below this the two pictures cannot be told apart by eye. */
    private static final double INVISIBLE = 2;

    /** Movement of the class against that of the subject from which the class is called drifted. */
    private static final double DRIFTED = 0.8;

    private Verdicts() {}

    /**
     * @param instances pictures the LoRA was trained on; may be empty when they are not known
     * @param prompts in the order of the sheet
     */
    public static List<String> of(List<BufferedImage> instances, List<PromptPictures> prompts) {
        List<String> verdicts = new ArrayList<>();
        for (PromptPictures pictures : prompts) {
            verdicts.add(movement(pictures) + colours(instances, pictures));
        }
        comparison(prompts).ifPresent(verdicts::add);
        return List.copyOf(verdicts);
    }

    private static String movement(PromptPictures pictures) {
        double moved = PixelDistance.between(pictures.without(), pictures.with());
        return moved < INVISIBLE
                ? say(
                        "\"%s\": the LoRA changed nothing that can be seen (%.1f of 255 grey levels)",
                        pictures.prompt(), moved)
                : say("\"%s\": the LoRA moved the pictures by %.1f of 255 grey levels", pictures.prompt(), moved);
    }

    private static String colours(List<BufferedImage> instances, PromptPictures pictures) {
        if (instances.isEmpty()) {
            return ".";
        }
        Colours shown = Colours.of(instances);
        double before = shown.inCommonWith(Colours.of(pictures.without()));
        double after = shown.inCommonWith(Colours.of(pictures.with()));
        return say(
                "; colours in common with the instance pictures: %.0f %% without it, %.0f %% with it.",
                100 * before, 100 * after);
    }

    /** The first prompt that calls the subject against the first that does not. */
    private static Optional<String> comparison(List<PromptPictures> prompts) {
        Optional<PromptPictures> subject =
                prompts.stream().filter(PromptPictures::callsSubject).findFirst();
        Optional<PromptPictures> other =
                prompts.stream().filter(pictures -> !pictures.callsSubject()).findFirst();
        if (subject.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        double subjectMoved =
                PixelDistance.between(subject.get().without(), subject.get().with());
        double classMoved =
                PixelDistance.between(other.get().without(), other.get().with());
        if (subjectMoved < INVISIBLE) {
            return Optional.of("The trigger has no visible effect yet: train longer or with a higher learning rate.");
        }
        double ratio = classMoved / subjectMoved;
        return Optional.of(
                ratio > DRIFTED
                        ? say(
                                "The class moved %.2f times as far as the subject: look whether \"%s\" still shows the"
                                        + " class, and not the subject.",
                                ratio, other.get().prompt())
                        : say("The class moved %.2f times as far as the subject.", ratio));
    }

    private static String say(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
