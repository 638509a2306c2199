package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sentences about what a LoRA did: first whether that is good or bad, then what was measured. The measurements need no detector:
 * how far the pictures of a prompt moved, how much of them has the colours that set the instance pictures apart, and whether
 * they are pictures at all. None sees a face, so no sentence speaks of likeness, and the best that is said is a good sign.
 * Movement alone is no drift: a class may change its pictures and stay the class.
 */
public final class Verdicts {

    /** How a sentence begins about pictures that are none any more, or that the LoRA did not change. */
    public static final String BAD = "Bad: ";

    /** Grey levels; below this two pictures cannot be told apart by eye. */
    private static final double INVISIBLE = 2;

    /** With less of them in the instance pictures, colours tell nothing. */
    private static final double TELLING = 0.03;

    /** Part of the way to the instance pictures: less of it by the trigger, or more by the class, is worth a look. */
    private static final double PART_OF_THE_WAY = 0.25;

    /** So many times the texture of instance pictures and base is no picture any more. */
    private static final double NOISE = 2.5;

    /** And so little of it is one colour. */
    private static final double FLAT = 0.2;

    private final List<BufferedImage> instances;
    private final List<PromptPictures> prompts;
    private final List<BufferedImage> base;
    private final List<String> verdicts = new ArrayList<>();

    private Verdicts(List<BufferedImage> instances, List<PromptPictures> prompts) {
        this.instances = instances;
        this.prompts = prompts;
        this.base = prompts.stream()
                .flatMap(pictures -> pictures.without().stream())
                .toList();
    }

    /**
     * @param instances pictures the LoRA was trained on; may be empty when they are not known
     * @param prompts in the order of the sheet
     */
    public static List<String> of(List<BufferedImage> instances, List<PromptPictures> prompts) {
        Verdicts verdicts = new Verdicts(instances, prompts);
        verdicts.judge();
        return List.copyOf(verdicts.verdicts);
    }

    private void judge() {
        List<PromptPictures> broken = prompts.stream()
                .filter(pictures -> !fallenApart(pictures).isEmpty())
                .toList();
        broken.forEach(pictures -> verdicts.add(fallenApart(pictures)));
        SubjectColours colours = instances.isEmpty() ? null : new SubjectColours(instances, base);
        boolean telling = colours != null && colours.inInstances() >= TELLING;
        if (broken.isEmpty()) {
            if (colours != null && telling) {
                judge(colours);
            } else {
                judgeWithoutColours();
            }
        }
        prompts.forEach(pictures -> verdicts.add(movement(pictures)));
        if (colours != null && telling) {
            verdicts.add(fill(colours));
        }
    }

    /** Empty when they are pictures. */
    private String fallenApart(PromptPictures pictures) {
        double now = Texture.of(pictures.with());
        double usual = Texture.of(pictures.without());
        double shown = instances.isEmpty() ? usual : Texture.of(instances);
        if (now > NOISE * Math.max(usual, shown) && now > INVISIBLE) {
            return say(
                    "Bad: with the LoRA \"%s\" is noise (pixels differ from their neighbours %.1f times as much as"
                            + " without it); take an earlier checkpoint, or train again with a lower learning rate.",
                    pictures.prompt(), now / Math.max(1e-9, usual));
        }
        return now < FLAT * Math.min(usual, shown)
                ? say(
                        "Bad: with the LoRA \"%s\" is almost one colour; take an earlier checkpoint, or train again"
                                + " with a lower learning rate.",
                        pictures.prompt())
                : "";
    }

    private void judge(SubjectColours colours) {
        Optional<PromptPictures> subject = first(true);
        Optional<PromptPictures> other = first(false);
        Way way = subject.map(pictures -> Way.of(colours, pictures)).orElse(Way.NONE);
        Way otherWay = other.map(pictures -> Way.of(colours, pictures)).orElse(Way.NONE);
        boolean came = way.isAtLeast(PART_OF_THE_WAY);
        if (came && other.isPresent() && otherWay.isAtLeast(PART_OF_THE_WAY) && otherWay.mean() >= way.mean() / 2) {
            // Whatever changes all pictures, the scenery above all, changes these colours too.
            verdicts.add(say(
                    "Bad sign: in the subject's colours the trigger went %s of the way to the instance pictures,"
                            + " and \"%s\" without it %s: the LoRA changes all pictures alike. Look whether the"
                            + " subject is there, and whether the class is still the class; class pictures keep the two"
                            + " apart.",
                    way.words(), other.get().prompt(), otherWay.words()));
            return;
        }
        subject.ifPresent(pictures -> verdicts.add(aboutSubject(pictures, way)));
        other.ifPresent(pictures -> aboutClass(pictures, otherWay, came).ifPresent(verdicts::add));
    }

    /** Where the interval lies on both sides of the border a few other seeds would turn the word round, so it is not said. */
    private static String aboutSubject(PromptPictures subject, Way way) {
        if (way.isAtLeast(PART_OF_THE_WAY)) {
            return say(
                    "Good sign: the trigger brings the subject's colours, %s of the way to the instance pictures;"
                            + " only eyes can tell whether it is the subject.",
                    way.words());
        }
        if (PixelDistance.between(subject.without(), subject.with()) < INVISIBLE) {
            return noEffect(subject);
        }
        return way.isLessThan(PART_OF_THE_WAY)
                ? say(
                        "Not yet: the trigger went %s of the way to the instance pictures in the subject's"
                                + " colours: look whether the subject is there; if it is not, train longer.",
                        way.words())
                : say(
                        "Hard to tell: the trigger went %s of the way to the instance pictures in the subject's"
                                + " colours: look whether the subject is there.",
                        way.words());
    }

    /** That a class stayed itself is worth a word only where the subject came. */
    private static Optional<String> aboutClass(PromptPictures other, Way way, boolean subjectCame) {
        if (way.isAtLeast(PART_OF_THE_WAY)) {
            return Optional.of(say(
                    "Bad sign: without the trigger \"%s\" went %s of the way to the instance pictures: look"
                            + " whether it still shows the class, and not the subject.",
                    other.prompt(), way.words()));
        }
        if (!way.isLessThan(PART_OF_THE_WAY)) {
            return Optional.of(say(
                    "Hard to tell: without the trigger \"%s\" went %s of the way to the instance pictures: look"
                            + " whether it still shows the class.",
                    other.prompt(), way.words()));
        }
        return subjectCame
                ? Optional.of(say(
                        "Good sign: without the trigger \"%s\" keeps its own colours (%s of the way).",
                        other.prompt(), way.words()))
                : Optional.empty();
    }

    private void judgeWithoutColours() {
        Optional<PromptPictures> still =
                first(true).filter(pictures -> PixelDistance.between(pictures.without(), pictures.with()) < INVISIBLE);
        verdicts.add(still.map(Verdicts::noEffect)
                .orElse(
                        instances.isEmpty()
                                ? "Not known: the instance pictures are not there to compare with; look at the"
                                        + " pictures."
                                : "Not known: no colour sets the instance pictures apart from what the base draws;"
                                        + " look at the pictures."));
    }

    private static String noEffect(PromptPictures subject) {
        return say(
                "Bad: with the LoRA \"%s\" looks as it does without; train longer, or with a higher learning rate.",
                subject.prompt());
    }

    private static String movement(PromptPictures pictures) {
        return say(
                "Measured: \"%s\" moved by %.1f of 255 grey levels.",
                pictures.prompt(), PixelDistance.between(pictures.without(), pictures.with()));
    }

    private String fill(SubjectColours colours) {
        return say(
                "Measured: the colours that set the instance pictures apart fill %.0f %% of them; %s.",
                100 * colours.inInstances(),
                String.join(
                        "; ",
                        prompts.stream()
                                .map(pictures -> filled(colours, pictures))
                                .toList()));
    }

    private static String filled(SubjectColours colours, PromptPictures pictures) {
        return say(
                "\"%s\" %.0f %% without the LoRA, %.0f %% with it",
                pictures.prompt(), 100 * colours.in(pictures.without()), 100 * colours.in(pictures.with()));
    }

    private Optional<PromptPictures> first(boolean callsSubject) {
        return prompts.stream()
                .filter(pictures -> pictures.callsSubject() == callsSubject)
                .findFirst();
    }

    private static String say(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
