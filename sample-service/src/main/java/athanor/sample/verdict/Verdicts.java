package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sentences about what a LoRA did, from two measurements that need no detector: how far the pictures of a prompt moved, and
 * how much of them has the colours that set the instance pictures apart. Neither sees a face, so no sentence speaks of
 * likeness. Movement alone is no drift: a class may change its pictures and stay the class.
 */
public final class Verdicts {

    /** Grey levels; below this two pictures cannot be told apart by eye. */
    private static final double INVISIBLE = 2;

    /** With less of them in the instance pictures, colours tell nothing. */
    private static final double TELLING = 0.03;

    /** Part of the way to the instance pictures: less of it by the trigger, or more by the class, is worth a look. */
    private static final double PART_OF_THE_WAY = 0.25;

    private Verdicts() {}

    /**
     * @param instances pictures the LoRA was trained on; may be empty when they are not known
     * @param prompts in the order of the sheet
     */
    public static List<String> of(List<BufferedImage> instances, List<PromptPictures> prompts) {
        List<String> verdicts = new ArrayList<>();
        prompts.forEach(pictures -> verdicts.add(movement(pictures)));
        if (instances.isEmpty()) {
            return verdicts;
        }
        List<BufferedImage> base = prompts.stream()
                .flatMap(pictures -> pictures.without().stream())
                .toList();
        SubjectColours colours = new SubjectColours(instances, base);
        if (colours.inInstances() < TELLING) {
            verdicts.add(
                    "No colour sets the instance pictures apart from what the base draws, so colours tell nothing here.");
            return verdicts;
        }
        verdicts.add(say(
                "Colours that set the instance pictures apart fill %.0f %% of them; %s.",
                100 * colours.inInstances(),
                String.join(
                        "; ",
                        prompts.stream()
                                .map(pictures -> filled(colours, pictures))
                                .toList())));
        first(prompts, true).ifPresent(subject -> verdicts.add(aboutSubject(colours, subject)));
        first(prompts, false).ifPresent(other -> verdicts.add(aboutClass(colours, other)));
        return List.copyOf(verdicts);
    }

    private static String movement(PromptPictures pictures) {
        double moved = PixelDistance.between(pictures.without(), pictures.with());
        return moved < INVISIBLE
                ? say(
                        "\"%s\": the LoRA changed nothing that can be seen (%.1f of 255 grey levels).",
                        pictures.prompt(), moved)
                : say("\"%s\": the LoRA moved the pictures by %.1f of 255 grey levels.", pictures.prompt(), moved);
    }

    private static String filled(SubjectColours colours, PromptPictures pictures) {
        return say(
                "\"%s\" %.0f %% without the LoRA, %.0f %% with it",
                pictures.prompt(), 100 * colours.in(pictures.without()), 100 * colours.in(pictures.with()));
    }

    private static Optional<PromptPictures> first(List<PromptPictures> prompts, boolean callsSubject) {
        return prompts.stream()
                .filter(pictures -> pictures.callsSubject() == callsSubject)
                .findFirst();
    }

    private static String aboutSubject(SubjectColours colours, PromptPictures subject) {
        double way = partOfTheWay(colours, subject);
        String sentence =
                say("In these colours the trigger went %.0f %% of the way to the instance pictures", 100 * way);
        return way >= PART_OF_THE_WAY
                ? sentence + "."
                : sentence + ": look whether the subject is there; if it is not, train longer.";
    }

    private static String aboutClass(SubjectColours colours, PromptPictures other) {
        double way = partOfTheWay(colours, other);
        String sentence = say("Without the trigger \"%s\" went %.0f %% of the way", other.prompt(), 100 * way);
        return way < PART_OF_THE_WAY
                ? sentence + "."
                : sentence + ": look whether it still shows the class, and not the subject.";
    }

    /** 0: as the base draws it; 1: as much of the colours as the instance pictures have. */
    private static double partOfTheWay(SubjectColours colours, PromptPictures pictures) {
        double before = colours.in(pictures.without());
        double way = (colours.in(pictures.with()) - before) / Math.max(1e-9, colours.inInstances() - before);
        return Math.max(0, way) + 0.0; // never "-0 %"
    }

    private static String say(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
