package athanor.preprocess.plan;

import athanor.contracts.picture.Framing;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.guards.FramingWords;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words an instance picture is trained with.
 *
 * @param completed whether the word that calls the subject was missing from the given caption and was put in
 */
public record Caption(String text, boolean completed) {

    /**
     * The given caption, made to call the subject; without one the recipe's own prompt, and how the picture shows its person
     * where that was seen: what a caption names is not learnt as part of the subject. A caption that does not hold the trigger would
     * teach the subject to other words.
     */
    public static Caption of(@Nullable String given, Recipe.Subject subject, Optional<Framing> framing) {
        boolean byToken = subject.promptedBy() == PromptedBy.TOKEN;
        String ownPrompt = byToken ? subject.instancePrompt() : subject.classPrompt();
        if (given == null || given.isBlank()) {
            return new Caption(
                    framing.map(Caption::words)
                            .map(shown -> ownPrompt + ", " + shown)
                            .orElse(ownPrompt),
                    false);
        }
        String caption = given.strip().replaceAll("\\s+", " ");
        if (word(byToken ? subject.trigger() : subject.classNoun())
                .matcher(caption)
                .find()) {
            return new Caption(caption, false);
        }
        Matcher noun = word(subject.classNoun()).matcher(caption);
        if (byToken && noun.find()) {
            String withTrigger =
                    caption.substring(0, noun.start()) + subject.trigger() + " " + caption.substring(noun.start());
            return new Caption(withTrigger, true);
        }
        return new Caption(ownPrompt + ", " + caption, true);
    }

    /** The same with how the picture shows its person, where that is known and the caption does not say. */
    public Caption framed(Optional<Framing> framing) {
        if (framing.isEmpty() || !FramingWords.namedIn(text).isEmpty()) {
            return this;
        }
        return new Caption(text + ", " + words(framing.get()), completed);
    }

    /** What a picture of the prior is called: by the class, and how it shows its person. */
    public static Caption ofClass(Recipe.Subject subject, Optional<Framing> framing) {
        return new Caption(subject.classPrompt(), false).framed(framing);
    }

    /** A caption that its owner gave a picture of the class, without the word that calls the subject. */
    public static Caption ofClass(@Nullable String given, Recipe.Subject subject, Optional<Framing> framing) {
        if (given == null || given.isBlank()) {
            return ofClass(subject, framing);
        }
        String caption = given.strip().replaceAll("\\s+", " ");
        String without = word(subject.trigger()).matcher(caption).replaceAll("").replaceAll("\\s+", " ");
        return without.isBlank() ? ofClass(subject, framing) : new Caption(without.strip(), !without.equals(caption));
    }

    /** As people write it below pictures, and the guards read it. */
    private static String words(Framing framing) {
        return switch (framing) {
            case CLOSE_UP -> "close-up";
            case HALF -> "half body";
            case COWBOY -> "three quarter shot";
            case FULL -> "full body";
            case WIDE -> "wide shot";
            case HEADLESS -> "head out of frame";
            case NONE, UNKNOWN -> throw new IllegalArgumentException(framing + " shows nobody");
        };
    }

    /** Whether the word that calls the subject is among the first words, which a cut leaves. */
    boolean callsSubjectBefore(CutCaption cut, Recipe.Subject subject) {
        String read = text.substring(0, Math.max(0, text.length() - cut.unread().length()));
        return word(subject.promptedBy() == PromptedBy.TOKEN ? subject.trigger() : subject.classNoun())
                .matcher(read)
                .find();
    }

    /** As a word of its own: "man" is not in "woman". */
    private static Pattern word(String text) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
