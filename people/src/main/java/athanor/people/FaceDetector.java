package athanor.people;

import java.awt.image.BufferedImage;
import java.util.List;

/** Finds faces. Called from any thread. */
public interface FaceDetector {

    /** The largest first; none where nothing in the picture is taken for a face. */
    List<Face> faces(BufferedImage picture);
}
