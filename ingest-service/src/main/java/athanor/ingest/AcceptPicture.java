package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.store.Sha256;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one upload, keeps its bytes when it can be used, and keeps the verdict in either case. The same upload again
 * gives the same verdict. Other bytes under the name of a picture that was accepted never take its place: what is in a run stays
 * in it, and the second is refused.
 */
@ApplicationScoped
class AcceptPicture {

    private static final String MORE_THAN_A_RUN_TAKES =
            "the run has %d pictures already, the most that it takes; leave out some";
    private static final String NAME_IS_TAKEN =
            "another picture of this name is in the run already (sha256 %s…); give this one a name of its own";

    private final Drafts drafts;
    private final IngestSettings settings;
    private final PictureReader reader = PictureReader.standard().warm();

    AcceptPicture(Drafts drafts, IngestSettings settings) {
        this.drafts = drafts;
        this.settings = settings;
    }

    @PreDestroy
    void endTheDecoders() {
        reader.close();
    }

    PictureVerdict from(RunId run, String fileName, @Nullable String caption, byte[] bytes) {
        PictureVerdict verdict = drafts.others(run, fileName) < settings.maxPictures()
                ? examine(run, fileName, caption, bytes)
                : PictureVerdict.rejected(fileName, MORE_THAN_A_RUN_TAKES.formatted(settings.maxPictures()));
        return drafts.keep(run, verdict)
                .map(other -> PictureVerdict.rejected(
                        fileName, NAME_IS_TAKEN.formatted(other.sha256().substring(0, 12))))
                .orElse(verdict);
    }

    /**
     * Gives a picture that was accepted another caption, or none.
     *
     * @return the verdict as it is now; empty when no such picture was accepted
     */
    Optional<PictureVerdict> caption(RunId run, String fileName, @Nullable String caption) {
        return drafts.verdict(run, fileName)
                .flatMap(kept -> Optional.ofNullable(kept.accepted()).map(picture -> {
                    PictureVerdict captioned = PictureVerdict.accepted(
                            new AcceptedPicture(
                                    picture.sha256(),
                                    picture.original(),
                                    picture.fileName(),
                                    picture.size(),
                                    picture.format(),
                                    caption),
                            kept.findings());
                    drafts.keep(run, captioned);
                    return captioned;
                }));
    }

    private PictureVerdict examine(RunId run, String fileName, @Nullable String caption, byte[] bytes) {
        Verdict read = reader.read(bytes, Wanted.noPixels());
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
        Size size = new Size(picture.width(), picture.height());
        return PictureVerdict.accepted(
                new AcceptedPicture(
                        sha256, original, fileName, size, picture.format().name(), caption),
                picture.findings());
    }
}
