package athanor.ingest;

import athanor.contracts.dataset.AcceptedPicture;
import org.jspecify.annotations.Nullable;

/**
 * What became of one upload; exactly one of the two fields after the name is there.
 *
 * @param reason a sentence the uploader can act on
 */
record PictureVerdict(
        String fileName,
        @Nullable AcceptedPicture accepted,
        @Nullable String reason) {

    static PictureVerdict accepted(AcceptedPicture picture) {
        return new PictureVerdict(picture.fileName(), picture, null);
    }

    static PictureVerdict rejected(String fileName, String reason) {
        return new PictureVerdict(fileName, null, reason);
    }
}
