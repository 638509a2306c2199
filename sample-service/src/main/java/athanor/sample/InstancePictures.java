package athanor.sample;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a run was shown, as it was trained on. Who may write to the store may have put anything there, so it is read as uploads
 * are.
 */
final class InstancePictures {

    private static final Logger LOG = Logger.getLogger(InstancePictures.class);

    /** Larger than any picture that is trained on. */
    private static final Wanted WHOLE = Wanted.within(2048, 2048);

    private final ObjectStore store;
    private final PictureReader reader;

    InstancePictures(ObjectStore store, PictureReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** At most {@code most} pictures; none when the dataset of the run is gone. */
    List<BufferedImage> of(RunId run, int most) {
        return store.find(ObjectKeys.preparedDataset(run)).stream()
                .map(found -> Json.read(found.bytes(), PreparedDataset.class))
                .flatMap(dataset -> dataset.instances().stream())
                .limit(most)
                .flatMap(picture -> decode(store.read(picture.picture())).stream())
                .toList();
    }

    /** Empty for a file that is no picture. */
    Optional<BufferedImage> decode(byte[] file) {
        Verdict verdict = reader.read(file, WHOLE);
        if (verdict instanceof Verdict.Rejected rejected) {
            LOG.warnf("A picture of the run is not shown: %s", rejected.reason());
            return Optional.empty();
        }
        return ((Verdict.Accepted) verdict).image();
    }
}
