package athanor.ingest;

import athanor.appraisal.Appraisal;
import athanor.appraisal.AppraisePicture;
import athanor.appraisal.Expected;
import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.people.People;
import athanor.pictures.heif.HeifTool;
import athanor.pictures.reader.PictureReader;
import athanor.store.Content;
import athanor.store.Sha256;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
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

    private static final Logger LOG = Logger.getLogger(AcceptPicture.class);

    /** How the launcher knows which pictures were in hand when the service died. */
    private static final String READING = "Reading picture '%s'";

    private static final String READ = "Read picture '%s'";

    private final Drafts drafts;
    private final IngestSettings settings;
    private final MeterRegistry metrics;
    private final PictureReader reader = PictureReader.standard().warm();
    private final People people = People.standard();
    private final AppraisePicture appraise = new AppraisePicture(reader, people);

    AcceptPicture(Drafts drafts, IngestSettings settings, MeterRegistry metrics) {
        this.drafts = drafts;
        this.metrics = metrics;
        this.settings = settings;
        LOG.info(HeifTool.ofThisMachine()
                .map(tool -> "HEIC and AVIF are read by " + tool)
                .orElse("HEIC and AVIF are refused: no heif-convert of libheif is installed"));
    }

    @PreDestroy
    void endTheDecoders() {
        reader.close();
        people.close();
    }

    PictureVerdict from(Draft draft, String fileName, Beside beside, Path file) {
        RunId run = draft.runId();
        PictureVerdict verdict = drafts.others(run, fileName) < settings.maxPictures()
                ? examine(draft, fileName, beside, file)
                : PictureVerdict.rejected(
                        fileName, FindingCode.TOO_MANY, MORE_THAN_A_RUN_TAKES.formatted(settings.maxPictures()));
        return counted(drafts.keep(run, verdict)
                .map(other -> PictureVerdict.rejected(
                        fileName,
                        FindingCode.NAME_TAKEN,
                        NAME_IS_TAKEN.formatted(other.sha256().substring(0, 12))))
                .orElse(verdict));
    }

    private PictureVerdict counted(PictureVerdict verdict) {
        FindingCode code = verdict.code();
        boolean refused = verdict.accepted() == null;
        metrics.counter(
                        "athanor.ingest.pictures",
                        "verdict",
                        refused ? "refused" : "accepted",
                        "code",
                        refused && code != null ? code.name() : "none")
                .increment();
        return verdict;
    }

    /**
     * Gives a picture that was accepted another caption, or none.
     *
     * @return the verdict as it is now; empty when no such picture was accepted
     */
    Optional<PictureVerdict> caption(RunId run, String fileName, @Nullable String caption) {
        return correct(run, fileName, verdict -> {
            AcceptedPicture captioned =
                    Objects.requireNonNull(verdict.accepted()).captioned(caption);
            return verdict.used().isPresent() ? PictureVerdict.accepted(captioned) : PictureVerdict.leftOut(captioned);
        });
    }

    /**
     * Says something else of a picture that was accepted.
     *
     * @param correction of a verdict that has a picture
     * @return the verdict as it is now; empty when no such picture was accepted
     */
    Optional<PictureVerdict> correct(RunId run, String fileName, UnaryOperator<PictureVerdict> correction) {
        return drafts.verdict(run, fileName)
                .filter(verdict -> verdict.accepted() != null)
                .map(verdict -> {
                    PictureVerdict corrected = correction.apply(verdict);
                    drafts.keep(run, corrected);
                    return corrected;
                });
    }

    private PictureVerdict examine(Draft draft, String fileName, Beside beside, Path file) {
        try {
            Appraisal appraisal = look(fileName, file, Expected.of(draft.recipe()));
            if (appraisal instanceof Appraisal.Usable picture) {
                return keep(draft.runId(), fileName, beside, picture, Content.of(file));
            }
            Appraisal.Refused refused = (Appraisal.Refused) appraisal;
            return PictureVerdict.rejected(fileName, refused.code(), refused.reason());
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be read from this machine's disk", e);
        }
    }

    private Appraisal look(String fileName, Path file, Expected expected) throws IOException {
        LOG.infof(READING, fileName);
        try {
            return appraise.of(file, expected);
        } finally {
            LOG.infof(READ, fileName);
        }
    }

    private PictureVerdict keep(RunId run, String fileName, Beside beside, Appraisal.Usable picture, Content file)
            throws IOException {
        String sha256 = Sha256.of(file);
        Optional<String> twin = drafts.sameContent(run, sha256, fileName);
        if (twin.isPresent()) {
            return PictureVerdict.rejected(
                    fileName,
                    FindingCode.SAME_FILE,
                    "this is the same file as '%s'; one copy is enough".formatted(twin.get()));
        }
        ObjectRef original =
                drafts.keepOriginal(run, sha256, file, picture.format().contentType());
        return PictureVerdict.accepted(new AcceptedPicture(
                sha256,
                original,
                fileName,
                picture.size(),
                picture.format().name(),
                beside.caption(),
                picture.look(),
                beside.regions().isEmpty() ? null : beside.regions(),
                beside.framing()));
    }
}
