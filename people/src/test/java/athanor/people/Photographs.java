package athanor.people;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The photographs of {@code src/test/resources/photographs}; where they are from stands beside them. */
public final class Photographs {

    private Photographs() {}

    public static BufferedImage photograph(String name) {
        try (InputStream in = Photographs.class.getResourceAsStream("/photographs/" + name)) {
            return Pixels.opaque(ImageIO.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part above a line. */
    public static BufferedImage upTo(double y, BufferedImage picture) {
        return Pixels.opaque(picture.getSubimage(0, 0, picture.getWidth(), (int) y));
    }
}
