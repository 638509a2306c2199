package athanor.contracts.plan;

import athanor.contracts.Check;
import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.recipe.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks at which size a training would run and what it would keep of these pictures. What is left out of the recipe's parts is
 * as in the defaults of the base.
 *
 * @param base a base model that the service knows; or
 * @param family SD1, SD2 or SDXL
 * @param memory a class (g8, g12, ...), an amount of a card's (8GiB), cpu, or cpu:16GiB
 * @param precision float32, bfloat16 or float16; absent: bfloat16 on a card, float32 on a processor
 * @param captionTagDropout as in the recipe: where captions change from step to step, frozen text encoders stay in memory
 * @param gradientAccumulation as in the recipe: sums of gradients take room
 * @param recompute whether activations are computed twice instead of being kept; absent: where that makes the usual area of the
 *     family fit
 * @param area at which to train; absent: the largest that fits
 */
public record PlanRequest(
        @Nullable String base,
        @Nullable String family,
        String memory,
        @Nullable String precision,
        @Nullable Integer batch,
        @Nullable Integer rank,
        @Nullable PriorMode prior,
        @Nullable Targets targets,
        @Nullable Boolean textEncoder,
        @Nullable Double captionTagDropout,
        @Nullable Integer gradientAccumulation,
        @Nullable Boolean recompute,
        @Nullable Integer steps,
        @Nullable Size area,
        List<Picture> pictures) {

    public PlanRequest {
        Check.that(
                (base == null) != (family == null),
                "a plan is for a base or for a family; name one of the two, family is SD1, SD2 or SDXL");
        Check.text(memory, "memory", RecipeLimits.NAME);
        Check.within(1, RecipeLimits.BATCH, orOne(batch), "batch");
        Check.within(1, RecipeLimits.RANK, orOne(rank), "rank");
        Check.within(1, RecipeLimits.TRAINING_STEPS, orOne(steps), "steps");
        Check.between(0, 1, Recipe.orNone(captionTagDropout), "captionTagDropout");
        Check.within(1, RecipeLimits.GRADIENT_ACCUMULATION, orOne(gradientAccumulation), "gradientAccumulation");
        pictures = List.copyOf(Check.present(pictures, "pictures"));
        Check.within(1, RecipeLimits.PICTURES, pictures.size(), "the number of pictures");
    }

    private static int orOne(@Nullable Integer number) {
        return number == null ? 1 : number;
    }

    /**
     * What is known of a picture, as {@code GET /runs/{id}/pictures} and {@code ./athanor look --json} say it.
     *
     * @param fileName name for people
     * @param width of the upright picture
     * @param height of the same
     * @param effectiveWidth pixels of the width that carry detail of their own; absent where that was not measured
     * @param effectiveHeight of the height
     * @param face of the main person; absent where none was found or nobody looked
     */
    public record Picture(
            String fileName,
            int width,
            int height,
            @Nullable Integer effectiveWidth,
            @Nullable Integer effectiveHeight,
            @Nullable FaceSeen face) {

        private static final int LONGEST = 1_000_000;

        public Picture {
            Check.text(fileName, "fileName of a picture", RecipeLimits.PROMPT);
            Check.within(1, LONGEST, width, "width of a picture");
            Check.within(1, LONGEST, height, "height of a picture");
            Check.within(1, width, effectiveWidth == null ? width : effectiveWidth, "effectiveWidth of a picture");
            Check.within(1, height, effectiveHeight == null ? height : effectiveHeight, "effectiveHeight of a picture");
            if (face != null) {
                // In shares of the picture; detectors see faces that are cut off go on beyond its edge.
                Check.between(-1, 1, face.x(), "x of a face");
                Check.between(-1, 1, face.y(), "y of a face");
                Check.between(0, 2, face.width(), "width of a face");
                Check.between(0, 2, face.height(), "height of a face");
            }
        }

        /** What looking at it came to; of a drawing that says nothing of its detail. */
        public static Picture of(String fileName, Size size, @Nullable PictureLook look) {
            MeasuredPicture measured = look == null ? null : look.measured();
            if (measured != null && measured.drawn()) {
                measured = null;
            }
            List<FaceSeen> faces = look == null || look.people() == null
                    ? List.of()
                    : look.people().faces();
            return new Picture(
                    fileName,
                    size.width(),
                    size.height(),
                    measured == null ? null : measured.effectiveWidth(),
                    measured == null ? null : measured.effectiveHeight(),
                    faces.isEmpty() ? null : faces.get(0));
        }

        public Size size() {
            return new Size(width, height);
        }
    }
}
