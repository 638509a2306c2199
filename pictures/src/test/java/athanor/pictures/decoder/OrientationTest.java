package athanor.pictures.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.pictures.Pixels;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    private static final Rectangle PART = new Rectangle(2, 1, 4, 6);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPartThatIsCutOutAndTurnedIsThatPartOfWhatWasTurned(int value) {
        BufferedImage stored = new BufferedImage(13, 9, BufferedImage.TYPE_3BYTE_BGR);
        new Random(value).nextBytes(bytes(stored));
        Orientation orientation = Orientation.of(value);

        Rectangle part = orientation.stored(PART, 13, 9);
        BufferedImage cut =
                orientation.apply(Pixels.opaqueCopy(stored.getSubimage(part.x, part.y, part.width, part.height)));

        BufferedImage whole = orientation.apply(stored);
        assertThat(bytes(cut))
                .isEqualTo(bytes(Pixels.opaqueCopy(whole.getSubimage(PART.x, PART.y, PART.width, PART.height))));
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
