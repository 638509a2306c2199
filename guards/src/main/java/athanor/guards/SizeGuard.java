package athanor.guards;

import athanor.contracts.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares a requested size with those that a LoRA was trained at. Rendered larger, the network fills the extra room
 * with noise: figures double and the composition breaks.
 */
public final class SizeGuard {

    /** Edge length against the trained one from which doubled figures are to be expected. */
    private static final double LARGER = 1.2;

    private static final double SMALLER = 0.75;

    /** Width to height, against the nearest trained one. */
    private static final double OTHER_SHAPE = 1.3;

    private SizeGuard() {}

    /** A sentence, or empty when the size is close to one that was trained or nothing is known. */
    public static Optional<String> check(Size requested, List<Size> trained) {
        if (trained.isEmpty()) {
            return Optional.empty();
        }
        Size nearest = trained.stream()
                .min(Comparator.comparingDouble(size -> distance(requested, size)))
                .orElseThrow();
        double edge = Math.sqrt((double) requested.pixels() / nearest.pixels());
        if (edge > LARGER) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s is %.1f times the edge of %s, the nearest size it was trained at: figures may double and the"
                            + " composition may break; render at %s and enlarge the picture afterwards",
                    requested,
                    edge,
                    nearest,
                    nearest));
        }
        if (edge < SMALLER) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s is %.1f times the edge of %s, the nearest size it was trained at: details will be missing;"
                            + " render at %s and scale the picture down",
                    requested,
                    edge,
                    nearest,
                    nearest));
        }
        double shape = Math.exp(Math.abs(Math.log(ratio(requested) / ratio(nearest))));
        if (shape > OTHER_SHAPE) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s has another shape than every size it was trained at (nearest: %s): the composition may break",
                    requested,
                    nearest));
        }
        return Optional.empty();
    }

    /** In octaves of shape and of area, so that a tall size is compared with a tall one. */
    private static double distance(Size one, Size other) {
        return Math.hypot(Math.log(ratio(one) / ratio(other)), Math.log((double) one.pixels() / other.pixels()));
    }

    private static double ratio(Size size) {
        return (double) size.width() / size.height();
    }
}
