package athanor.contracts.plan;

import athanor.contracts.Check;
import athanor.contracts.Size;
import athanor.contracts.recipe.PriorMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training would need and keep.
 *
 * @param area the largest that fits, or the one that was asked for
 * @param bytes at the worst moment of a training at this area
 * @param assumedBytes how many of these were not counted: what the card's own software takes, and what is lost between blocks
 * @param seconds of the whole training; null where nobody measured such a step
 * @param kept mean share of the pictures' pixels that is trained on, 0 to 1; of those that are not refused
 * @param detailKept mean share of what the pictures really hold, see {@link Picture#detailKept}; absent where no picture was measured
 * @param warnings sentences, the gravest first
 * @param memory as it was asked for
 * @param precision number format of the networks
 * @param recompute whether activations are computed twice instead of being kept
 * @param speed where the seconds come from, or why there are none
 * @param areaFilled the largest area whose pixels at least four of five pictures have; absent where there is none
 * @param nextCard what the next larger card would keep; absent where no card trains larger
 */
public record PlanView(
        Size area,
        List<Bucket> buckets,
        long bytes,
        long assumedBytes,
        @Nullable Double seconds,
        double kept,
        @Nullable Double detailKept,
        List<String> warnings,
        List<Picture> pictures,
        String family,
        String memory,
        long memoryBytes,
        String precision,
        int batch,
        int rank,
        PriorMode prior,
        boolean recompute,
        int steps,
        String speed,
        @Nullable Size areaFilled,
        @Nullable NextCard nextCard) {

    public PlanView {
        Check.present(area, "area");
        buckets = List.copyOf(Check.present(buckets, "buckets"));
        Check.between(0, 1, kept, "kept");
        warnings = List.copyOf(Check.present(warnings, "warnings"));
        pictures = List.copyOf(Check.present(pictures, "pictures"));
        Check.text(family, "family");
        Check.text(memory, "memory");
        Check.text(precision, "precision");
        Check.present(prior, "prior");
        Check.text(speed, "speed");
    }

    /** What may be told to anybody: pictures have names, and warnings name them. */
    public PlanView withoutPictures() {
        return with(List.of(), List.of());
    }

    public PlanView withoutWarnings() {
        return with(List.of(), pictures);
    }

    private PlanView with(List<String> otherWarnings, List<Picture> otherPictures) {
        return new PlanView(
                area,
                buckets,
                bytes,
                assumedBytes,
                seconds,
                kept,
                detailKept,
                otherWarnings,
                otherPictures,
                family,
                memory,
                memoryBytes,
                precision,
                batch,
                rank,
                prior,
                recompute,
                steps,
                speed,
                areaFilled,
                nextCard);
    }

    /** How many pictures train at one size. */
    public record Bucket(Size size, int pictures) {}

    /**
     * One picture's place in the training.
     *
     * @param scale length of one original pixel in the trained picture; above 1 it is enlarged
     * @param pixelsKept share of the original pixels that scaling and cutting leave, 0 to 1
     * @param detailKept share of the frequencies that the picture really holds which scaling and cutting leave, 0 to 1; absent where
     *     its effective size was not measured
     * @param cut share of the scaled picture's area that the cut removes, 0 to 1
     * @param headCut share of the main person's head, hair included, that the cut removes; absent where no head was found
     * @param headCells height of that head, crown to chin, in cells of the latent picture; absent where no head was found
     * @param refused why it cannot be trained on; absent where it can
     */
    public record Picture(
            String fileName,
            Size original,
            Size bucket,
            double scale,
            double pixelsKept,
            @Nullable Double detailKept,
            double cut,
            @Nullable Double headCut,
            @Nullable Double headCells,
            @Nullable String refused) {

        public Picture refusedBecause(String why) {
            return new Picture(fileName, original, bucket, scale, pixelsKept, detailKept, cut, headCut, headCells, why);
        }
    }

    /**
     * @param kept mean share of the pictures' pixels that it would train on
     * @param sentence the same in words
     */
    public record NextCard(String memory, Size area, double kept, String sentence) {}
}
