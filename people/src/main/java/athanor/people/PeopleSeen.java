package athanor.people;

import java.util.List;
import java.util.Optional;

/**
 * What one look at a picture gave.
 *
 * @param faces the largest first
 * @param pose of the largest person; there may be one where no face is seen, and none where only a face is
 * @param detector who looked, with version: thresholds belong to a detector
 */
public record PeopleSeen(List<Face> faces, Optional<Pose> pose, String detector) {

    /** A second face of at least this part of the first one's height is a second subject, not somebody in the background. */
    public static final double AS_IMPORTANT = 0.6;

    public PeopleSeen {
        faces = List.copyOf(faces);
    }

    public Optional<Face> mainFace() {
        return faces.stream().findFirst();
    }

    /** Whether the picture shows several people of about the same size. */
    public boolean severalPeople() {
        return faces.size() > 1
                && faces.get(1).box().height()
                        >= AS_IMPORTANT * faces.get(0).box().height();
    }
}
