package athanor.tools.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sides of a group's tensors in letters: a letter stands for one number wherever it occurs in the group. The first
 * tensor that shows a letter decides, unless the base has decided before.
 */
final class Shapes {

    private final Map<String, Long> letters = new HashMap<>();

    Shapes with(String letter, long side) {
        letters.put(letter, side);
        return this;
    }

    long side(String letter) {
        Long side = letters.get(letter);
        if (side == null) {
            throw new IllegalStateException("no tensor has shown the side " + letter);
        }
        return side;
    }

    int intSide(String letter) {
        return Math.toIntExact(side(letter));
    }

    /**
     * @param found the tensor's shape
     * @param wanted letters separated by spaces, {@code B C h w}
     * @return whether they agree; letters that were free are then bound
     */
    boolean accept(long[] found, String wanted) {
        String[] sides = sides(wanted);
        if (found.length != sides.length || Arrays.stream(found).anyMatch(side -> side < 1)) {
            return false;
        }
        for (int i = 0; i < sides.length; i++) {
            if (letters.getOrDefault(sides[i], found[i]) != found[i]) {
                return false;
            }
        }
        for (int i = 0; i < sides.length; i++) {
            letters.put(sides[i], found[i]);
        }
        return true;
    }

    /** {@code [2, 4, h, w]}: numbers where they are known, letters where any number will do. */
    String describe(String wanted) {
        return Arrays.stream(sides(wanted))
                .map(letter -> letters.containsKey(letter) ? letters.get(letter).toString() : letter)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String[] sides(String wanted) {
        return wanted.isEmpty() ? new String[0] : wanted.split(" ");
    }
}
