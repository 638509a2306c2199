package athanor.contracts.picture;

import athanor.contracts.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a picture, as a detector saw it.
 *
 * @param faces the largest first
 * @param people how many are seen, by face or by figure
 * @param headShare height of the main person's head over the height of the picture; absent where no head was measured
 * @param why the evidence for the framing, in one sentence
 * @param detector who judged, with version: thresholds belong to a detector
 * @param pose of the main person, by which a part of the picture can be judged too; absent where none was found, and in documents
 *     of older versions
 */
public record PeopleLook(
        List<FaceSeen> faces,
        int people,
        Framing framing,
        @Nullable Double headShare,
        String why,
        String detector,
        @Nullable PoseSeen pose) {

    public PeopleLook(
            List<FaceSeen> faces,
            int people,
            Framing framing,
            @Nullable Double headShare,
            String why,
            String detector) {
        this(faces, people, framing, headShare, why, detector, null);
    }

    public PeopleLook {
        faces = List.copyOf(Check.present(faces, "faces"));
        Check.present(framing, "framing");
    }
}
