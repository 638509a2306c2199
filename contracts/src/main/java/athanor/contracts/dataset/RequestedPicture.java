package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.picture.Region;
import athanor.contracts.recipe.RecipeLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture that a Kafka producer has already put into a bucket.
 *
 * @param fileName name for people, last segment only; never used as a path
 * @param caption what it shows, in words
 * @param regions that are pointed out in it
 */
public record RequestedPicture(
        ObjectRef object,
        String fileName,
        @Nullable String caption,
        @Nullable List<Region> regions) {

    public RequestedPicture(ObjectRef object, String fileName, @Nullable String caption) {
        this(object, fileName, caption, null);
    }

    public RequestedPicture {
        Check.present(object, "object");
        Check.text(fileName, "fileName", RecipeLimits.PROMPT);
        Check.that(
                caption == null || caption.length() <= RecipeLimits.CAPTION,
                "the caption of '%s' has more than the %d characters that can be used",
                fileName,
                RecipeLimits.CAPTION);
        regions = regions == null ? null : List.copyOf(regions);
        if (caption != null) {
            Check.withoutZeros(caption, "the caption of '%s'".formatted(fileName));
        }
    }
}
