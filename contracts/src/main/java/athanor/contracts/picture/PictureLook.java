package athanor.contracts.picture;

import athanor.contracts.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a picture came to.
 *
 * @param findings of the picture by itself; what it is to others of its set is found with the set
 * @param measured absent where nothing was measured
 * @param people absent where nobody could look: not measured is not the same as nobody there
 */
public record PictureLook(
        List<Finding> findings,
        @Nullable MeasuredPicture measured,
        @Nullable PeopleLook people) {

    public PictureLook {
        findings = List.copyOf(Check.present(findings, "findings"));
    }
}
