package athanor.stack.client;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a folder of pictures as kohya's trainers read it: {@code 10_ohwx woman} is ten repeats of the subject that is
 * called {@code ohwx} and is a {@code woman}.
 *
 * @param repeats how often each picture is trained in an epoch
 * @param classNoun absent where the name says nothing but the trigger
 */
public record KohyaName(int repeats, String trigger, Optional<String> classNoun) {

    /** More digits are a year. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})_(\\S+)(?:\\s+(\\S.*?))?\\s*");

    static Optional<KohyaName> of(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        Matcher found = FORM.matcher(name == null ? "" : name.toString());
        return found.matches() && Integer.parseInt(found.group(1)) > 0
                ? Optional.of(new KohyaName(
                        Integer.parseInt(found.group(1)), found.group(2), Optional.ofNullable(found.group(3))))
                : Optional.empty();
    }

    boolean isOfTheSameSubjectAs(KohyaName other) {
        return trigger.equals(other.trigger) && classNoun.equals(other.classNoun);
    }
}
