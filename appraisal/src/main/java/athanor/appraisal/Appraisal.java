package athanor.appraisal;

import athanor.contracts.Size;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.PictureLook;
import athanor.pictures.PictureFormat;

/** What looking at a file came to. */
public sealed interface Appraisal {

    /** @param size upright, pixels */
    record Usable(PictureFormat format, Size size, PictureLook look) implements Appraisal {}

    /** @param reason a sentence that its sender can act on */
    record Refused(FindingCode code, String reason) implements Appraisal {}
}
