package athanor.guards;

import java.util.Locale;
import java.util.Optional;

/** How much a LoRA may count. Far beyond what it was trained for its pictures burn, and with little of it nothing is seen. */
public final class StrengthGuard {

    /** Between these a full proof measures a LoRA. */
    private static final double LEAST = 0.4;

    private static final double MOST = 1.4;

    private StrengthGuard() {}

    /** A sentence, or empty; a negative strength is wished by whoever wants less of something. */
    public static Optional<String> check(double strength) {
        if (strength > MOST) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "strength %s is beyond what proofs measure (%s to %s): colours burn and shapes break; stay at %s or below",
                    strength,
                    LEAST,
                    MOST,
                    MOST));
        }
        if (strength >= 0 && strength < LEAST) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "strength %s is below what proofs measure (%s to %s): little of it will be seen",
                    strength,
                    LEAST,
                    MOST));
        }
        return Optional.empty();
    }
}
