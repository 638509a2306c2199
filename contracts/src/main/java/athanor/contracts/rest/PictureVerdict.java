package athanor.contracts.rest;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FindingCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one upload, as it is kept: a picture, or a reason why there is none, or both where somebody left it out by hand.
 *
 * @param accepted the picture, as far as it is one that can be used
 * @param reason a sentence the uploader can act on
 * @param code the same for programs; absent in documents of older versions
 */
public record PictureVerdict(
        String fileName,
        @Nullable AcceptedPicture accepted,
        @Nullable String reason,
        @Nullable FindingCode code) {

    public static PictureVerdict accepted(AcceptedPicture picture) {
        return new PictureVerdict(picture.fileName(), picture, null, null);
    }

    /** It can be used, and is not to be. */
    public static PictureVerdict leftOut(AcceptedPicture picture) {
        return new PictureVerdict(picture.fileName(), picture, "it was left out by hand", FindingCode.LEFT_OUT);
    }

    /** The picture, where it is used. */
    public Optional<AcceptedPicture> used() {
        return reason == null ? Optional.ofNullable(accepted) : Optional.empty();
    }

    public static PictureVerdict rejected(String fileName, FindingCode code, String reason) {
        return new PictureVerdict(fileName, null, reason, code);
    }
}
