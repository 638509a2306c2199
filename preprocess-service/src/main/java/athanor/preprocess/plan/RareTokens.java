package athanor.preprocess.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Words for a trigger: three consonants that are one token, and one of the last of the vocabulary, which were met least. */
public final class RareTokens {

    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";
    private static final double LAST = 0.94;

    private RareTokens() {}

    /**
     * @param tokens of a word
     * @param known how many tokens the vocabulary has
     * @param seed the same proposes the same
     */
    public static List<String> propose(Function<String, long[]> tokens, long known, int count, long seed) {
        List<String> words = new ArrayList<>();
        for (char first : CONSONANTS.toCharArray()) {
            for (char second : CONSONANTS.toCharArray()) {
                for (char third : CONSONANTS.toCharArray()) {
                    words.add("" + first + second + third);
                }
            }
        }
        Collections.shuffle(words, new Random(seed));
        List<String> rare = new ArrayList<>();
        for (String word : words) {
            long[] ids = tokens.apply(word);
            if (ids.length == 1 && ids[0] >= LAST * known) {
                rare.add(word);
            }
            if (rare.size() == count) {
                break;
            }
        }
        return rare;
    }
}
