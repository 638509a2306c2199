package athanor.contracts.rest;

import athanor.contracts.dataset.AcceptedPicture;
import org.jspecify.annotations.Nullable;

/**
 * What became of one upload; exactly one of the two fields after the name is there.
 *
 * @param reason a sentence the uploader can act on
 */
public record PictureVerdict(
        String fileName,
        @Nullable AcceptedPicture accepted,
        @Nullable String reason) {

    public static PictureVerdict accepted(AcceptedPicture picture) {
        return new PictureVerdict(picture.fileName(), picture, null);
    }

    public static PictureVerdict rejected(String fileName, String reason) {
        return new PictureVerdict(fileName, null, reason);
    }
}
