package athanor.ingest;

import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.rest.UploadAddress;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureLimits;
import athanor.store.Listed;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that their owner sends straight to the store, to an address that is good for a while. Nobody has looked at them there;
 * they become pictures of the run by the same checks as all others, when somebody says so or when the run starts.
 */
@ApplicationScoped
class AwaitedUploads {

    private static final long MOST = PictureLimits.standard().bytes();

    private final ObjectStore store;
    private final Drafts drafts;
    private final AcceptStored acceptStored;
    private final IngestSettings settings;
    private final Clock clock;

    AwaitedUploads(ObjectStore store, Drafts drafts, AcceptStored acceptStored, IngestSettings settings, Clock clock) {
        this.store = store;
        this.drafts = drafts;
        this.acceptStored = acceptStored;
        this.settings = settings;
        this.clock = clock;
    }

    UploadAddress offer(RunId run, String fileName, @Nullable String caption) {
        drafts.await(run, new AwaitedUpload(fileName, caption));
        return new UploadAddress(
                fileName,
                "PUT",
                store.uploadAddress(ObjectKeys.awaitedUpload(run, fileName), settings.uploadAddressFor()),
                clock.instant().plus(settings.uploadAddressFor()));
    }

    /** Takes what has come; what has not is named among the skipped ones and can still come. */
    Received take(Draft draft) {
        RunId run = draft.runId();
        List<AwaitedUpload> awaited = drafts.awaited(run);
        List<PictureVerdict> verdicts = new ArrayList<>();
        List<SkippedFile> missing = new ArrayList<>();
        Map<String, Long> come = awaited.isEmpty()
                ? Map.of()
                : store.list(store.bucket(), ObjectKeys.awaitedUploads(run)).stream()
                        .collect(Collectors.toMap(Listed::key, Listed::bytes));
        for (AwaitedUpload upload : awaited) {
            String key = ObjectKeys.awaitedUpload(run, upload.fileName());
            Long bytes = come.get(key);
            if (bytes == null) {
                missing.add(new SkippedFile(upload.fileName(), "has not been put to its address yet"));
            } else {
                verdicts.add(acceptStored.from(
                        draft,
                        upload.fileName(),
                        Beside.caption(upload.caption()),
                        bytes,
                        file -> store.download(store.bucket(), key, MOST, file)));
                drafts.awaitNoMore(run, upload);
            }
        }
        return new Received(verdicts, missing);
    }
}
