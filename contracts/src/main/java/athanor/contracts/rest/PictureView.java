package athanor.contracts.rest;

import athanor.contracts.Check;
import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one picture and what is known of it.
 *
 * @param accepted whether it is used; findings say why not
 * @param findings what its owner should know, the gravest first
 * @param measured absent where nothing was measured
 * @param faces absent where nobody could look; the largest first
 * @param people how many are seen, absent as above
 * @param framing as its owner says, else as it is seen; absent as above
 * @param headShare height of the head over the height of the picture; absent where no head was measured
 * @param detector who looked for people, with version
 * @param regions that somebody pointed out in it
 * @param saidFraming how it shows the person, as its owner says; absent where nobody said it
 */
public record PictureView(
        String fileName,
        boolean accepted,
        List<Finding> findings,
        @Nullable Size size,
        @Nullable String format,
        @Nullable String sha256,
        @Nullable String caption,
        @Nullable MeasuredPicture measured,
        @Nullable List<FaceSeen> faces,
        @Nullable Integer people,
        @Nullable Framing framing,
        @Nullable Double headShare,
        @Nullable String detector,
        @Nullable List<Region> regions,
        @Nullable Framing saidFraming) {

    public PictureView {
        Check.text(fileName, "fileName");
        findings = List.copyOf(findings);
    }

    public static PictureView rejected(String fileName, Finding why) {
        return new PictureView(
                fileName, false, List.of(why), null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
