package athanor.ingest;

import athanor.appraisal.CutPreview;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureLimits;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Versioned;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Uploads as small as a page shows them. Kept, because a photograph takes half a second to decode and pages show many. */
@Singleton
class SmallPictures {

    private final ObjectStore store;
    private final PictureReader reader = new PictureReader(PictureLimits.standard(), 1);

    SmallPictures(ObjectStore store) {
        this.store = store;
    }

    @PreDestroy
    void endTheDecoder() {
        reader.close();
    }

    /** Upright, of at most {@link CutPreview#SIDE} pixels a side. */
    BufferedImage of(RunId run, AcceptedPicture picture) {
        String key = ObjectKeys.small(run, picture.sha256());
        Optional<byte[]> kept = store.find(key).map(Versioned::bytes);
        if (kept.isPresent()) {
            return decoded(kept.get());
        }
        Verdict verdict = reader.read(store.read(picture.original()), Wanted.within(CutPreview.SIDE, CutPreview.SIDE));
        if (verdict instanceof Verdict.Rejected rejected) {
            throw new IllegalStateException("'%s' was accepted and cannot be opened any more: %s"
                    .formatted(picture.fileName(), rejected.reason()));
        }
        BufferedImage small = ((Verdict.Accepted) verdict).image().orElseThrow();
        store.put(key, Pixels.png(small), "image/png");
        return small;
    }

    private static BufferedImage decoded(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException("a small picture in the store is damaged", e);
        }
    }
}
