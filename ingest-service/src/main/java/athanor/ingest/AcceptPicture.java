package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureReader;
import athanor.pictures.Verdict;
import athanor.store.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one upload, keeps its bytes when it can be used, and keeps the verdict in either case. The same upload again
 * gives the same verdict; other bytes under the same name replace it.
 */
@ApplicationScoped
class AcceptPicture {

    private final Drafts drafts;
    private final PictureReader reader = PictureReader.standard();

    AcceptPicture(Drafts drafts) {
        this.drafts = drafts;
    }

    PictureVerdict from(RunId run, String fileName, @Nullable String caption, byte[] bytes) {
        PictureVerdict verdict = examine(run, fileName, caption, bytes);
        drafts.keep(run, verdict);
        return verdict;
    }

    private PictureVerdict examine(RunId run, String fileName, @Nullable String caption, byte[] bytes) {
        Verdict read = reader.read(bytes);
        if (!(read instanceof Verdict.Accepted picture)) {
            return PictureVerdict.rejected(fileName, ((Verdict.Rejected) read).reason());
        }
        String sha256 = Sha256.of(bytes);
        Optional<String> twin = drafts.sameContent(run, sha256, fileName);
        if (twin.isPresent()) {
            return PictureVerdict.rejected(
                    fileName, "this is the same file as '%s'; one copy is enough".formatted(twin.get()));
        }
        ObjectRef original = drafts.keepOriginal(run, bytes, picture.format().contentType());
        BufferedImage upright = picture.image();
        Size size = new Size(upright.getWidth(), upright.getHeight());
        return PictureVerdict.accepted(new AcceptedPicture(
                sha256, original, fileName, size, picture.format().name(), caption));
    }
}
