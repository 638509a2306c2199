package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.Framing;
import athanor.contracts.plan.PlanView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an accepted picture.
 *
 * @param sha256 of the uploaded bytes
 * @param place its size, scale and what is kept of it; says why where it is left out
 * @param cut the part that is trained on; absent where it is left out
 * @param caption that it is trained with; absent where it is left out
 * @param captionFrom where that comes from; absent where it is left out
 * @param framing how it shows its person; absent where nobody knows
 * @param faces that were found in it, the main person's first
 * @param findings of the picture by itself
 * @param prepared as it is trained on; absent where it is left out
 * @param use what it is in the training; absent: an instance, the whole picture
 */
public record PictureFate(
        String sha256,
        PlanView.Picture place,
        @Nullable Cut cut,
        @Nullable String caption,
        @Nullable CaptionFrom captionFrom,
        @Nullable Framing framing,
        List<FaceSeen> faces,
        List<Finding> findings,
        @Nullable ObjectRef prepared,
        @Nullable Use use) {

    public PictureFate(
            String sha256,
            PlanView.Picture place,
            @Nullable Cut cut,
            @Nullable String caption,
            @Nullable CaptionFrom captionFrom,
            @Nullable Framing framing,
            List<FaceSeen> faces,
            List<Finding> findings,
            @Nullable ObjectRef prepared) {
        this(sha256, place, cut, caption, captionFrom, framing, faces, findings, prepared, null);
    }

    public PictureFate {
        Check.text(sha256, "sha256");
        Check.present(place, "place");
        faces = List.copyOf(Check.present(faces, "faces"));
        findings = List.copyOf(Check.present(findings, "findings"));
    }

    /** A rectangle in pixels of the upright original. */
    public record Cut(int x, int y, int width, int height) {}

    /** What a picture is in a training, beside the instances that show it whole. */
    public enum Use {
        /** An instance: the head, cut out. */
        HEAD,
        /** Of the prior: the whole picture that a head was cut from. */
        WHOLE_OF_HEAD,
        /** Of the prior: somebody else with the subject's head. */
        TRANSPLANT,
        /** Of the prior: another one of the class. */
        CLASS_PICTURE
    }

    /** Where a caption comes from. */
    public enum CaptionFrom {
        /** As its owner wrote it. */
        GIVEN,
        /** Its owner's, with the word that calls the subject put in. */
        COMPLETED,
        /** From trigger, class noun and framing: none was given. */
        BUILT
    }
}
