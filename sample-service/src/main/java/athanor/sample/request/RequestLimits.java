package athanor.sample.request;

import athanor.contracts.Size;
import athanor.contracts.recipe.RecipeLimits;
import athanor.guards.LoraFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request may ask for; beyond it a sentence says what was found and what was wanted. */
public final class RequestLimits {

    static final int MOST_PICTURES = 16;
    static final int MOST_STEPS = 150;
    private static final double MOST_GUIDANCE = 100;
    private static final int LONGEST_SIDE = 2048;

    /** A base repeats what it knows where a picture is much larger than those that it was made for. */
    private static final int TIMES_THE_NATIVE_SIDE = 4;

    /** What the sides must be a multiple of for every family: latents of whole pixels. */
    private static final int SIDE_STEP = 8;

    private RequestLimits() {}

    public static int count(@Nullable Integer wanted) {
        return between(1, MOST_PICTURES, wanted, 1, "count");
    }

    public static int steps(@Nullable Integer wanted, int otherwise) {
        return between(1, MOST_STEPS, wanted, otherwise, "steps");
    }

    public static double guidance(@Nullable Double wanted, double otherwise) {
        double guidance = wanted == null ? otherwise : wanted;
        if (!(guidance >= 0 && guidance <= MOST_GUIDANCE)) {
            throw new RequestRefused("guidance is %s; wanted 0 to %.0f".formatted(guidance, MOST_GUIDANCE));
        }
        return guidance;
    }

    public static double refine(@Nullable Double wanted, double otherwise) {
        double refine = wanted == null ? otherwise : wanted;
        if (!(refine > 0 && refine <= 1)) {
            throw new RequestRefused(
                    "refine is %s; wanted more than 0 and at most 1, such as %s".formatted(refine, otherwise));
        }
        return refine;
    }

    public static String named(@Nullable String text, String field) {
        if (text == null || text.isBlank()) {
            throw new RequestRefused("%s is missing; give it".formatted(field));
        }
        return text;
    }

    public static String prompt(String text, String field) {
        if (text.length() > RecipeLimits.PROMPT) {
            throw new RequestRefused(
                    "%s has %d characters; wanted at most %d".formatted(field, text.length(), RecipeLimits.PROMPT));
        }
        return text;
    }

    public static Size fitting(Size size) {
        boolean fits =
                size.width() % SIDE_STEP == 0 && size.height() % SIDE_STEP == 0 && longestSide(size) <= LONGEST_SIDE;
        if (!fits) {
            throw new RequestRefused(
                    "size %s cannot be rendered; wanted two multiples of %d up to %d, the nearest is %s"
                            .formatted(
                                    size,
                                    SIDE_STEP,
                                    LONGEST_SIDE,
                                    new Size(nearest(size.width()), nearest(size.height()))));
        }
        return size;
    }

    private static int nearest(int side) {
        return Math.max(SIDE_STEP, Math.min(LONGEST_SIDE, SIDE_STEP * Math.round((float) side / SIDE_STEP)));
    }

    public static void checkThatTheBaseKnows(Size size, String base, int nativeSide, List<LoraFacts> facts) {
        int trained = facts.stream()
                .flatMap(lora -> lora.trainedSizes().stream())
                .mapToInt(RequestLimits::longestSide)
                .max()
                .orElse(0);
        int most = Math.max(TIMES_THE_NATIVE_SIDE * nativeSide, trained);
        if (longestSide(size) > most) {
            throw new RequestRefused(
                    "size %s is more than %s can draw: it was made for %dx%d, wanted at most %d pixels a side"
                            .formatted(size, base, nativeSide, nativeSide, most));
        }
    }

    private static int longestSide(Size size) {
        return Math.max(size.width(), size.height());
    }

    private static int between(int least, int most, @Nullable Integer value, int otherwise, String field) {
        int number = value == null ? otherwise : value;
        if (number < least || number > most) {
            throw new RequestRefused("%s is %d; wanted %d to %d".formatted(field, number, least, most));
        }
        return number;
    }
}
