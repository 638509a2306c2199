package athanor.preprocess.plan;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.recipe.Instances;
import athanor.plan.buckets.BucketRule;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a run's pictures that it learns from.
 *
 * @param used wholes and heads; those of one picture stand together
 * @param tooSmall wholes that would have to be enlarged too much
 * @param leftOut a sentence for each picture or head that is not learnt from
 */
public record Parts(List<Part> used, List<AcceptedPicture> tooSmall, List<String> leftOut) {

    /** Of any camera. */
    private static final int LARGE = 100_000;

    public static Parts of(List<AcceptedPicture> pictures, Instances wanted, Size area) {
        BucketRule rule = BucketRule.forArea(area);
        int square = rule.place(new Size(LARGE, LARGE)).bucket().width();
        List<Part> used = new ArrayList<>();
        List<AcceptedPicture> tooSmall = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (AcceptedPicture picture : pictures) {
            Placement placement = rule.place(picture.size());
            if (placement.refused()) {
                tooSmall.add(picture);
                leftOut.add("%s is left out: %s".formatted(picture.fileName(), placement.refusal()));
                continue;
            }
            if (wanted != Instances.WHOLES) {
                head(picture, square, leftOut).ifPresent(used::add);
            }
            if (wanted != Instances.HEADS) {
                used.add(Part.whole(picture));
            }
        }
        return new Parts(used, tooSmall, leftOut);
    }

    private static Optional<Part> head(AcceptedPicture picture, int square, List<String> leftOut) {
        Optional<Part> head = Part.head(picture);
        if (head.isEmpty()) {
            leftOut.add(
                    PlacedPicture.headOf(picture).isEmpty()
                            ? "no head is cut out of %s: no face was found in it; point the head out (%s), or leave the picture out"
                                    .formatted(picture.fileName(), "a file of its name with the ending .regions")
                            : "no head is cut out of %s: too much of it is beyond the picture"
                                    .formatted(picture.fileName()));
            return head;
        }
        int side = head.get().area().width;
        if (side * Placement.MOST_ENLARGEMENT < square) {
            leftOut.add(
                    "no head is cut out of %s: with its surroundings it is %d pixels high, and heads are learnt at %d; one of at least %d is needed: find a larger or closer picture, or lower training.area"
                            .formatted(picture.fileName(), side, square, (int)
                                    Math.ceil(square / Placement.MOST_ENLARGEMENT)));
            return Optional.empty();
        }
        return head;
    }
}
