package athanor.contracts.rest;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FindingCode;
import org.jspecify.annotations.Nullable;

/**
 * What became of one upload, as it is kept; exactly one of picture and reason is there.
 *
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

    public static PictureVerdict rejected(String fileName, FindingCode code, String reason) {
        return new PictureVerdict(fileName, null, reason, code);
    }
}
