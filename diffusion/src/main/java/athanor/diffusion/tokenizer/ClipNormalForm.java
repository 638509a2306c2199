package athanor.diffusion.tokenizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unicode's normal form C (Unicode Standard Annex 15) by the tables of the reference's Unicode version: a JDK that is
 * older does not know the newest marks and orders them otherwise.
 */
final class ClipNormalForm {

    private static final ClipCharacters TABLE = ClipCharacters.TABLE;

    // Hangul syllables are made of a leading consonant, a vowel and perhaps a trailing consonant by arithmetic
    private static final int SYLLABLES = 0xac00;
    private static final int LEADS = 0x1100;
    private static final int VOWELS = 0x1161;
    private static final int TRAILS = 0x11a7;
    private static final int LEAD_COUNT = 19;
    private static final int VOWEL_COUNT = 21;
    private static final int TRAIL_COUNT = 28;
    private static final int SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TRAIL_COUNT;

    private ClipNormalForm() {}

    static String compose(String text) {
        if (text.chars().allMatch(c -> c < 0x300)) {
            return text; // nothing below the first combining mark changes
        }
        List<Integer> points = new ArrayList<>();
        text.codePoints().forEach(c -> decompose(c, points));
        order(points);
        StringBuilder composed = new StringBuilder(text.length());
        composed(points).forEach(composed::appendCodePoint);
        return composed.toString();
    }

    private static void decompose(int c, List<Integer> into) {
        int syllable = c - SYLLABLES;
        if (syllable >= 0 && syllable < SYLLABLE_COUNT) {
            into.add(LEADS + syllable / (VOWEL_COUNT * TRAIL_COUNT));
            into.add(VOWELS + syllable / TRAIL_COUNT % VOWEL_COUNT);
            if (syllable % TRAIL_COUNT != 0) {
                into.add(TRAILS + syllable % TRAIL_COUNT);
            }
            return;
        }
        String parts = TABLE.decomposition(c);
        if (parts == null) {
            into.add(c);
        } else {
            parts.codePoints().forEach(part -> decompose(part, into));
        }
    }

    /** Sorts each stretch of marks by class, keeping the order of equals. */
    private static void order(List<Integer> points) {
        for (int i = 1; i < points.size(); i++) {
            int point = points.get(i);
            int combining = TABLE.combiningClass(point);
            int to = i;
            while (combining != 0 && to > 0 && TABLE.combiningClass(points.get(to - 1)) > combining) {
                points.set(to, points.get(to - 1));
                to--;
            }
            points.set(to, point);
        }
    }

    private static List<Integer> composed(List<Integer> points) {
        List<Integer> out = new ArrayList<>(points.size());
        int starter = -1;
        int lastClass = 0;
        for (int point : points) {
            int combining = TABLE.combiningClass(point);
            boolean blocked = starter < out.size() - 1 && (lastClass == 0 || lastClass >= combining);
            Integer together = starter < 0 || blocked ? null : together(out.get(starter), point);
            if (together != null) {
                out.set(starter, together);
                continue;
            }
            if (combining == 0) {
                starter = out.size();
            }
            lastClass = combining;
            out.add(point);
        }
        return out;
    }

    private static @Nullable Integer together(int first, int second) {
        int lead = first - LEADS;
        int vowel = second - VOWELS;
        if (lead >= 0 && lead < LEAD_COUNT && vowel >= 0 && vowel < VOWEL_COUNT) {
            return SYLLABLES + (lead * VOWEL_COUNT + vowel) * TRAIL_COUNT;
        }
        int syllable = first - SYLLABLES;
        int trail = second - TRAILS;
        if (syllable >= 0
                && syllable < SYLLABLE_COUNT
                && syllable % TRAIL_COUNT == 0
                && trail > 0
                && trail < TRAIL_COUNT) {
            return first + trail;
        }
        return TABLE.composition(first, second);
    }
}
