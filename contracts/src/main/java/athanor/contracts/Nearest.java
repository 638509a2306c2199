package athanor.contracts;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody meant who wrote one that is not known. */
public final class Nearest {

    private static final int LONGEST = 80;

    private Nearest() {}

    /**
     * The known word that takes the fewest edits, whatever is written in capitals, with hyphens or underscores. Empty where every
     * one would have to be rewritten by more than half: then none is meant.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        String from = plain(written.length() > LONGEST ? written.substring(0, LONGEST) : written);
        return known.stream()
                .min(Comparator.comparingInt(word -> edits(from, plain(word))))
                .filter(word -> 2 * edits(from, plain(word))
                        <= Math.max(from.length(), plain(word).length()));
    }

    /** As a part of a sentence, {@code , the nearest is 'steps'}; nothing where none is near. */
    public static String inWords(String written, Collection<String> known) {
        return of(written, known).map(", the nearest is '%s'"::formatted).orElse("");
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}.]", "");
    }

    /** Letters to put in, leave out or exchange (Levenshtein 1965). */
    public static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
