package athanor.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class PngTextTest {

    private final BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);

    @Test
    void aTextIsReadByOthersAndThePictureStaysWhatItIs() throws IOException {
        assertThat(texts(Pixels.png(picture, "parameters", "a cat\nSteps: 20, Größe: 3x2")))
                .isEqualTo("tEXt parameters=a cat\nSteps: 20, Größe: 3x2");
        assertThat(texts(Pixels.png(picture, "parameters", "一个女人")))
                .as("what Latin-1 does not have")
                .isEqualTo("iTXt parameters=一个女人");
    }

    private static String texts(byte[] png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream bytes = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(bytes);
            assertThat(reader.read(0).getWidth()).isEqualTo(3);
            IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            for (String kind : new String[] {"tEXt", "iTXt"}) {
                if (root.getElementsByTagName(kind + "Entry").getLength() == 1) {
                    IIOMetadataNode entry = (IIOMetadataNode)
                            root.getElementsByTagName(kind + "Entry").item(0);
                    return kind + " " + entry.getAttribute("keyword") + "="
                            + entry.getAttribute(kind.equals("tEXt") ? "value" : "text");
                }
            }
            return "none";
        }
    }
}
