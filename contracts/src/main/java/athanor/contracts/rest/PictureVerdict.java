package athanor.contracts.rest;

import athanor.contracts.dataset.AcceptedPicture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one upload; exactly one of picture and reason is there.
 *
 * @param reason a sentence the uploader can act on
 * @param findings what the uploader should know though the picture is taken
 */
public record PictureVerdict(
        String fileName,
        @Nullable AcceptedPicture accepted,
        @Nullable String reason,
        List<String> findings) {

    public PictureVerdict {
        findings = findings == null ? List.of() : List.copyOf(findings); // older documents have none
    }

    public static PictureVerdict accepted(AcceptedPicture picture, List<String> findings) {
        return new PictureVerdict(picture.fileName(), picture, null, findings);
    }

    public static PictureVerdict rejected(String fileName, String reason) {
        return new PictureVerdict(fileName, null, reason, List.of());
    }
}
