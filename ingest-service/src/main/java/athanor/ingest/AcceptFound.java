package athanor.ingest;

import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.dataset.PictureSource;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.rest.PictureVerdict;
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

/**
 * Takes the pictures that lie below a prefix of a bucket. The list of them is frozen when it is made: what is put there later is
 * not of this run, and a run that is taken up again by another process finds the same.
 */
@ApplicationScoped
class AcceptFound {

    private static final long MOST = PictureLimits.standard().bytes();

    private final ObjectStore store;
    private final Drafts drafts;
    private final AcceptStored acceptStored;

    AcceptFound(ObjectStore store, Drafts drafts, AcceptStored acceptStored) {
        this.store = store;
        this.drafts = drafts;
        this.acceptStored = acceptStored;
    }

    Received from(Draft draft, PictureSource source, LookingCount count) {
        Map<String, Listed> byName = new LinkedHashMap<>();
        for (Listed object : drafts.freezeFound(draft.runId(), store.list(source.bucket(), source.prefix()))) {
            byName.put(nameOf(object.key(), source.prefix()), object);
        }
        byName.remove(""); // what some tools make to show a folder
        PictureFiles files = PictureFiles.among(List.copyOf(byName.keySet()));
        List<SkippedFile> skipped = new ArrayList<>(files.skipped());
        List<PictureVerdict> verdicts = new ArrayList<>();
        for (PictureFiles.WithCaptions picture : files.pictures()) {
            Beside beside = Beside.of(picture, name -> bytesOf(source, of(name, byName)), skipped);
            Listed object = of(picture.picture(), byName);
            verdicts.add(acceptStored.from(
                    draft,
                    FileName.shown(picture.picture()),
                    beside,
                    object.bytes(),
                    file -> store.download(source.bucket(), object.key(), MOST, file)));
            count.looked(verdicts.size(), files.pictures().size());
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

    private byte[] bytesOf(PictureSource source, Listed object) {
        try (ReceivedFile file = ReceivedFile.empty()) {
            store.download(source.bucket(), object.key(), Captions.LONGEST, file.path());
            return Files.readAllBytes(file.path());
        } catch (StoreException e) {
            throw new IllegalArgumentException(AcceptStored.costsThePicture(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("what was downloaded cannot be read from this machine's disk", e);
        }
    }
}
