package athanor.preprocess;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.run.RunId;
import athanor.pictures.Pixels;
import athanor.plan.buckets.Placement;
import athanor.preprocess.plan.Part;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what a run trains on. */
final class PreparedStore {

    private final ObjectStore store;

    PreparedStore(ObjectStore store) {
        this.store = store;
    }

    /**
     * @param image exactly as large as the bucket
     * @param source see {@link PreparedPicture#source()}
     */
    PreparedPicture keep(
            RunId run,
            BufferedImage image,
            Part part,
            Placement placement,
            String caption,
            Optional<Framing> framing,
            @Nullable String source,
            Optional<float[]> mask) {
        Size upload = part.picture().size();
        double scale = (double) placement.resized().width() / part.area().width;
        return new PreparedPicture(
                put(run, image),
                caption,
                placement.bucket(),
                upload,
                // Of a head, what SDXL is told: this is a cut at this place of that picture.
                placement.cropTop() + (int) Math.round(part.area().y * scale),
                placement.cropLeft() + (int) Math.round(part.area().x * scale),
                placement.pixelsKept(),
                placement.upscaled(),
                framing.orElse(null),
                source,
                mask.map(weights -> put(run, grey(weights, placement.bucket()))).orElse(null));
    }

    private ObjectRef put(RunId run, BufferedImage image) {
        byte[] png = Pixels.png(image);
        return store.put(ObjectKeys.preparedPicture(run, Sha256.of(png)), png, "image/png");
    }

    private static BufferedImage grey(float[] weights, Size size) {
        BufferedImage grey = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < weights.length; i++) {
            int level = Math.round(255 * weights[i]);
            grey.setRGB(i % size.width(), i / size.width(), level << 16 | level << 8 | level);
        }
        return grey;
    }
}
