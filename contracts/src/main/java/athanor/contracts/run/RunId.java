package athanor.contracts.run;

import athanor.contracts.AsciiName;
import athanor.contracts.Check;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one run everywhere: record key on every topic, folder in the store, field of every log line.
 *
 * @param value 3 to 63 lower-case letters, digits and hyphens, starting with a letter or digit
 */
public record RunId(String value) implements Comparable<RunId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
    private static final int LONGEST_NAME = 40;

    public RunId {
        Check.that(
                value != null && FORM.matcher(value).matches(),
                "a run id has 3 to 63 of a-z, 0-9 and '-' and starts with a letter or digit, got '%s'",
                value);
    }

    /** A new id that a person recognises by the name it starts with: {@code anna-7f3a09c2}. */
    public static RunId fresh(String name, RandomGenerator random) {
        String slug = AsciiName.of(name)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String start = slug.isEmpty() ? "run" : slug.substring(0, Math.min(LONGEST_NAME, slug.length()));
        return new RunId("%s-%08x".formatted(start, random.nextInt()));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
