package athanor.people;

import java.awt.image.BufferedImage;

/** Tells people from their background. Called from any thread. */
public interface PersonMatte {

    Matte matte(BufferedImage picture);
}
