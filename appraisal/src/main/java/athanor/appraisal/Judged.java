package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.rest.PictureVerdict;
import athanor.pictures.PictureFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a set, and what looking at it came to.
 *
 * @param sha256 of the file, where it is known
 */
public record Judged(
        String fileName, @Nullable String sha256, @Nullable String caption, Appraisal appraisal) {

    private static final PictureLook NOT_LOOKED_AT = new PictureLook(List.of(), null, null);

    /** What was kept of an upload. */
    public static Judged of(PictureVerdict verdict) {
        AcceptedPicture accepted = verdict.accepted();
        if (accepted == null) {
            FindingCode code = verdict.code() == null ? FindingCode.UNREADABLE : verdict.code();
            return new Judged(
                    verdict.fileName(), null, null, new Appraisal.Refused(code, String.valueOf(verdict.reason())));
        }
        Size size = accepted.size();
        PictureLook look = accepted.look() == null ? NOT_LOOKED_AT : accepted.look();
        return new Judged(
                accepted.fileName(),
                accepted.sha256(),
                accepted.caption(),
                new Appraisal.Usable(PictureFormat.valueOf(accepted.format()), size, look));
    }
}
