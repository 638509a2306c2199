package athanor.console.pictures;

import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.rest.PictureView;
import java.util.List;
import java.util.Optional;

/** A picture as a plan asks about it. */
final class PlannedPicture {

    private PlannedPicture() {}

    static Optional<PlanRequest.Picture> of(PictureView picture) {
        Size size = picture.size();
        if (size == null) {
            return Optional.empty();
        }
        MeasuredPicture measured =
                picture.measured() == null || picture.measured().drawn() ? null : picture.measured();
        List<FaceSeen> faces = picture.faces();
        return Optional.of(new PlanRequest.Picture(
                picture.fileName(),
                size.width(),
                size.height(),
                measured == null ? null : measured.effectiveWidth(),
                measured == null ? null : measured.effectiveHeight(),
                faces == null || faces.isEmpty() ? null : faces.get(0)));
    }
}
