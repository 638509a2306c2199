package athanor.sample;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** What a run was shown, as it was trained on. */
final class InstancePictures {

    private final ObjectStore store;

    InstancePictures(ObjectStore store) {
        this.store = store;
    }

    /** At most {@code most} pictures; none when the dataset of the run is gone. */
    List<BufferedImage> of(RunId run, int most) {
        return store.find(ObjectKeys.preparedDataset(run)).stream()
                .map(found -> Json.read(found.bytes(), PreparedDataset.class))
                .flatMap(dataset -> dataset.instances().stream())
                .limit(most)
                .map(picture -> decode(store.read(picture.picture())))
                .toList();
    }

    private static BufferedImage decode(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
