package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
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
        String fileName, @Nullable String sha256, @Nullable String caption, Appraisal appraisal, Said said) {

    /**
     * What its owner says of it.
     *
     * @param framing how it shows the person
     */
    public record Said(
            @Nullable List<Region> regions, @Nullable Framing framing) {

        static final Said NOTHING = new Said(null, null);
    }

    /** One of which its owner says nothing but the caption. */
    public Judged(String fileName, @Nullable String sha256, @Nullable String caption, Appraisal appraisal) {
        this(fileName, sha256, caption, appraisal, Said.NOTHING);
    }

    private static final PictureLook NOT_LOOKED_AT = new PictureLook(List.of(), null, null);

    /** What was kept of an upload. */
    public static Judged of(PictureVerdict verdict) {
        AcceptedPicture accepted = verdict.used().orElse(null);
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
                new Appraisal.Usable(PictureFormat.valueOf(accepted.format()), size, look),
                new Said(accepted.regions(), accepted.framing()));
    }
}
