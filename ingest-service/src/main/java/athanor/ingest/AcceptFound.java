package athanor.ingest;

import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.dataset.PictureSource;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureLimits;
import athanor.store.Listed;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures that lie below a prefix of a bucket. The list of them is frozen when it is made: what is put there later is
 * not of this run, and a run that is taken up again by another process finds the same.
 */
@ApplicationScoped
class AcceptFound {

    private final ObjectStore store;
    private final Drafts drafts;
    private final AcceptPicture acceptPicture;

    AcceptFound(ObjectStore store, Drafts drafts, AcceptPicture acceptPicture) {
        this.store = store;
        this.drafts = drafts;
        this.acceptPicture = acceptPicture;
    }

    Received from(Draft draft, PictureSource source) {
        Map<String, Listed> byName = new LinkedHashMap<>();
        for (Listed object : drafts.freezeFound(draft.runId(), store.list(source.bucket(), source.prefix()))) {
            byName.put(nameOf(object.key(), source.prefix()), object);
        }
        byName.remove(""); // what some tools make to show a folder
        PictureFiles files = PictureFiles.among(List.copyOf(byName.keySet()));
        List<SkippedFile> skipped = new ArrayList<>(files.skipped());
        List<PictureVerdict> verdicts = new ArrayList<>();
        for (PictureFiles.WithCaptions picture : files.pictures()) {
            @Nullable String caption = Captions.of(picture, name -> bytesOf(source, of(name, byName)), skipped);
            Listed object = of(picture.picture(), byName);
            verdicts.add(take(draft, source, object, FileName.shown(picture.picture()), caption));
        }
        return new Received(verdicts, skipped);
    }

    /** Every name that was sorted is one of them. */
    private static Listed of(String name, Map<String, Listed> byName) {
        return Objects.requireNonNull(byName.get(name));
    }

    private static String nameOf(String key, String prefix) {
        return key.substring(prefix.length()).replaceFirst("^/+", "");
    }

    /** An object that is gone meanwhile costs its picture, not the run. */
    private PictureVerdict take(
            Draft draft, PictureSource source, Listed object, String name, @Nullable String caption) {
        PictureLimits limits = PictureLimits.standard();
        Optional<String> tooLarge = limits.refuse(object.bytes());
        if (tooLarge.isPresent()) {
            return rejected(draft.runId(), name, FindingCode.SIZE, tooLarge.get());
        }
        try (ReceivedFile file = ReceivedFile.empty()) {
            store.download(source.bucket(), object.key(), limits.bytes(), file.path());
            return acceptPicture.from(draft, name, caption, file.path());
        } catch (StoreException e) {
            return rejected(draft.runId(), name, FindingCode.NOT_THERE, costsThePicture(e));
        }
    }

    private byte[] bytesOf(PictureSource source, Listed object) {
        try (ReceivedFile file = ReceivedFile.empty()) {
            store.download(source.bucket(), object.key(), Captions.LONGEST, file.path());
            return Files.readAllBytes(file.path());
        } catch (StoreException e) {
            throw new IllegalArgumentException(costsThePicture(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("what was downloaded cannot be read from this machine's disk", e);
        }
    }

    private static String costsThePicture(StoreException e) {
        if (e.kind() != StoreException.Kind.MISSING && e.kind() != StoreException.Kind.TOO_LARGE) {
            throw e;
        }
        return String.valueOf(e.getMessage());
    }

    private PictureVerdict rejected(RunId run, String name, FindingCode code, String reason) {
        PictureVerdict verdict = PictureVerdict.rejected(name, code, reason);
        drafts.keep(run, verdict);
        return verdict;
    }
}
