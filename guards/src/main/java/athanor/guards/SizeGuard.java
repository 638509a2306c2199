package athanor.guards;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardRule;
import athanor.guards.Objection.Weight;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares a requested size with those that a LoRA was trained at. Rendered larger, the network fills the extra room
 * with noise: figures double and the composition breaks.
 */
final class SizeGuard {

    /** Edge length against the trained one from which doubled figures are to be expected where nobody has measured it. */
    private static final double LARGER = 1.2;

    private static final double SMALLER = 0.75;

    /** Width to height, against the nearest trained one. */
    private static final double OTHER_SHAPE = 1.3;

    private SizeGuard() {}

    static List<Objection> against(Wish wish, int lora) {
        LoraFacts facts = wish.loras().get(lora).facts();
        Size asked = wish.size();
        if (asked == null || facts.trainedSizes().isEmpty()) {
            return List.of();
        }
        Size nearest = TwoPasses.nearest(asked, facts.trainedSizes());
        double edge = Math.sqrt((double) asked.pixels() / nearest.pixels());
        double most = Math.max(LARGER, facts.measuredTimes().orElse(LARGER));
        if (edge > most && !wish.twoPasses()) {
            return List.of(objection(
                    asked,
                    nearest,
                    number("%s; rendered so, figures may double and the composition may break", edge, nearest, facts),
                    "two passes: rendered at %s, enlarged and refined".formatted(TwoPasses.first(asked, nearest)),
                    Wish::inTwoPasses));
        }
        if (edge < SMALLER) {
            return List.of(objection(
                    asked,
                    nearest,
                    number("%s, so details will be missing", edge, nearest, facts),
                    "a picture of %s, scaled down".formatted(nearest),
                    null));
        }
        double shape = Math.exp(Math.abs(Math.log(TwoPasses.shape(asked) / TwoPasses.shape(nearest))));
        return shape <= OTHER_SHAPE
                ? List.of()
                : List.of(objection(
                        asked,
                        nearest,
                        "it has another shape than every size it was trained at (nearest: %s), so the composition may break"
                                .formatted(nearest),
                        "a picture of %s, cut".formatted(nearest),
                        null));
    }

    private static String number(String sentence, double edge, Size nearest, LoraFacts facts) {
        String times = String.format(
                Locale.ROOT, "it is %.1f times the edge of %s, the nearest size it was trained at", edge, nearest);
        return sentence.formatted(facts.measuredTimes()
                .map(measured -> String.format(Locale.ROOT, "%s (measured to hold up to %.2f times)", times, measured))
                .orElse(times));
    }

    private static Objection objection(
            Size asked, Size nearest, String evidence, String suggestion, @Nullable UnaryOperator<Wish> remedy) {
        return new Objection(
                GuardRule.SIZE,
                "size %s".formatted(asked),
                nearest.toString(),
                evidence,
                suggestion,
                Weight.SURE,
                remedy);
    }
}
