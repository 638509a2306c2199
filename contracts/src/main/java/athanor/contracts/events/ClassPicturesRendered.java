package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fact: the class pictures of a run lie in the store.
 *
 * @param name of the run for people; absent in older records
 * @param seconds spent rendering; 0 when all were there already
 */
public record ClassPicturesRendered(
        RunId runId, @Nullable String name, List<ClassPicture> pictures, double seconds, Instant renderedAt)
        implements RunEvent {

    public ClassPicturesRendered {
        Check.present(runId, "runId");
        pictures = List.copyOf(Check.present(pictures, "pictures"));
        Check.present(renderedAt, "renderedAt");
        Check.between(0, 1e9, seconds, "seconds");
    }
}
