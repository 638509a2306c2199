package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/**
 * Which decoder reads which format. The better ones are registered by name, because finding them by scanning depends on the
 * class loader of whoever comes first.
 */
final class Decoders {

    private static final String BETTER = "com.twelvemonkeys.";

    static {
        ImageIO.setUseCache(false);
        IIORegistry registry = IIORegistry.getDefaultInstance();
        registry.registerServiceProvider(new JPEGImageReaderSpi());
        registry.registerServiceProvider(new WebPImageReaderSpi());
        registry.registerServiceProvider(new TIFFImageReaderSpi());
    }

    private Decoders() {}

    static ImageReader forFormat(PictureFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        ImageReader first = readers.next();
        while (readers.hasNext() && !first.getClass().getName().startsWith(BETTER)) {
            ImageReader next = readers.next();
            if (next.getClass().getName().startsWith(BETTER)) {
                return next;
            }
        }
        return first;
    }
}
