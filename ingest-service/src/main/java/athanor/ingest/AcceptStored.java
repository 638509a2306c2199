package athanor.ingest;

import athanor.contracts.picture.FindingCode;
import athanor.contracts.rest.PictureVerdict;
import athanor.pictures.PictureLimits;
import athanor.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a picture that lies in a store already to the same checks as one that is uploaded. An object that is too large, gone or
 * damaged costs its picture, not the others; a store that does not answer is waited for by whoever asked.
 */
@ApplicationScoped
class AcceptStored {

    private static final Set<StoreException.Kind> COSTS_THE_PICTURE =
            EnumSet.of(StoreException.Kind.MISSING, StoreException.Kind.DAMAGED, StoreException.Kind.TOO_LARGE);

    private final Drafts drafts;
    private final AcceptPicture acceptPicture;

    AcceptStored(Drafts drafts, AcceptPicture acceptPicture) {
        this.drafts = drafts;
        this.acceptPicture = acceptPicture;
    }

    /** Writes the object to a file. */
    @FunctionalInterface
    interface Download {
        void into(Path file);
    }

    /** @param bytes that the object is said to have */
    PictureVerdict from(Draft draft, String name, Beside beside, long bytes, Download download) {
        Optional<String> tooLarge = PictureLimits.standard().refuse(bytes);
        if (tooLarge.isPresent()) {
            return rejected(draft, name, FindingCode.SIZE, tooLarge.get());
        }
        try (ReceivedFile file = ReceivedFile.empty()) {
            download.into(file.path());
            return acceptPicture.from(draft, name, beside, file.path());
        } catch (StoreException e) {
            return rejected(draft, name, FindingCode.NOT_THERE, costsThePicture(e));
        }
    }

    /** @throws StoreException when it says nothing about the object */
    static String costsThePicture(StoreException e) {
        if (!COSTS_THE_PICTURE.contains(e.kind())) {
            throw e;
        }
        return String.valueOf(e.getMessage());
    }

    private PictureVerdict rejected(Draft draft, String name, FindingCode code, String reason) {
        PictureVerdict verdict = PictureVerdict.rejected(name, code, reason);
        drafts.keep(draft.runId(), verdict);
        return verdict;
    }
}
