package athanor.people;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Finds the joints of the largest person. Called from any thread. */
public interface PoseEstimator {

    /** Empty where nothing in the picture is taken for a person. */
    Optional<Pose> pose(BufferedImage picture);
}
