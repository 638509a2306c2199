package athanor.plan;

import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.plan.buckets.Placement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a training area makes of one picture. */
record PlacedPicture(PlanRequest.Picture picture, Placement placement, int cell) {

    /** Loss by cutting that is worth a look, share of the scaled picture. */
    static final double MUCH_CUT = 0.15;

    /**
     * Of the frequencies that the picture really holds, in both directions, those that are below the trained picture's limit, in the
     * part that is not cut off. A picture that somebody enlarged holds fewer than its size promises and so loses less.
     */
    OptionalDouble detailKept() {
        Integer effectiveWidth = picture.effectiveWidth();
        Integer effectiveHeight = picture.effectiveHeight();
        if (effectiveWidth == null || effectiveHeight == null) {
            return OptionalDouble.empty();
        }
        double across = Math.min(1, (double) placement.resized().width() / effectiveWidth);
        double down = Math.min(1, (double) placement.resized().height() / effectiveHeight);
        return OptionalDouble.of(across * down * (1 - placement.cropShare()));
    }

    Optional<Head> head() {
        return Optional.ofNullable(picture.face()).map(Head::new);
    }

    PlanView.Picture view() {
        OptionalDouble detail = detailKept();
        return new PlanView.Picture(
                picture.fileName(),
                placement.original(),
                placement.bucket(),
                placement.scale(),
                placement.pixelsKept(),
                detail.isPresent() ? detail.getAsDouble() : null,
                placement.cropShare(),
                head().map(head -> head.cut(placement)).orElse(null),
                head().map(head -> head.height(placement) / cell).orElse(null),
                placement.refused() ? placement.refusal() : null);
    }

    void warn(List<String> warnings) {
        if (placement.refused()) {
            warnings.add("%s is refused: %s".formatted(picture.fileName(), placement.refusal()));
            return;
        }
        if (placement.upscaled()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s is %s: it is enlarged %.2f times to %s, and what is not in it cannot be learned",
                    picture.fileName(),
                    placement.original(),
                    placement.scale(),
                    placement.resized()));
        }
        if (placement.cropShare() > MUCH_CUT) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s loses %.0f %% of its area to the cut to %s: check that the subject is whole",
                    picture.fileName(),
                    100 * placement.cropShare(),
                    placement.bucket()));
        }
    }
}
