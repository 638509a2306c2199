package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import org.jspecify.annotations.Nullable;

/**
 * A head that is learnt and the whole picture that it stands against.
 *
 * @param sha256 of the upload that the head was cut from
 * @param fileName of that upload
 * @param body name of the picture whose body the whole one shows; of a transplant another than {@code fileName}
 * @param head as it is trained on
 * @param whole as it is trained against
 * @param headSize of the trained head
 * @param wholeSize of the trained whole
 * @param wholeScale length in the trained whole of one pixel of its original
 * @param cut of the head, in pixels of the upload
 * @param headInWhole the head with its hair, in pixels of the trained whole
 * @param zoom how much higher the head is in its own picture than in the whole
 * @param headShare height of the head, with its hair, over the height of the whole
 * @param framing how the whole shows its person; absent where nobody knows
 * @param proportion of a transplant: height of the head that was found on it over that of the head that was there; absent elsewhere and
 *     where no detector saw it
 */
public record HeadPair(
        String sha256,
        String fileName,
        String body,
        ObjectRef head,
        ObjectRef whole,
        Size headSize,
        Size wholeSize,
        double wholeScale,
        PictureFate.Cut cut,
        PictureFate.Cut headInWhole,
        double zoom,
        double headShare,
        @Nullable Framing framing,
        @Nullable Double proportion) {

    public HeadPair {
        Check.text(sha256, "sha256");
        Check.text(fileName, "fileName");
        Check.text(body, "body");
        Check.present(head, "head");
        Check.present(whole, "whole");
        Check.present(headSize, "headSize");
        Check.present(wholeSize, "wholeSize");
        Check.present(cut, "cut");
        Check.present(headInWhole, "headInWhole");
    }
}
