package athanor.ingest;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.RejectedPicture;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Closes the list of pictures and announces the dataset. The manifest is written before the event and only once, and the
 * event is computed from it: a start that was interrupted is finished by doing it again.
 */
@ApplicationScoped
class StartRun {

    private final Drafts drafts;
    private final AwaitedUploads awaitedUploads;
    private final Outbox outbox;
    private final Clock clock;

    StartRun(Drafts drafts, AwaitedUploads awaitedUploads, Outbox outbox, Clock clock) {
        this.drafts = drafts;
        this.awaitedUploads = awaitedUploads;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @return why the run cannot start; nothing when it has */
    Optional<String> from(Draft draft) {
        if (drafts.announced(draft.runId())) {
            return Optional.empty();
        }
        if (drafts.manifest(draft.runId()).isEmpty()) {
            awaitedUploads.take(draft);
        }
        DatasetManifest wanted = manifestOf(draft);
        if (wanted.accepted().isEmpty()) {
            return Optional.of(nothingUsable(wanted.rejected()));
        }
        // First what cannot be lost: a start that is interrupted from here on is finished by the next process.
        DatasetManifest closed = drafts.freeze(wanted);
        outbox.publishState(draft.runId(), draft.name(), new RunState.Validating());
        announce(draft, closed);
        return Optional.empty();
    }

    void announce(Draft draft, DatasetManifest manifest) {
        DatasetAccepted event = new DatasetAccepted(
                draft.runId(),
                draft.name(),
                drafts.manifestRef(manifest),
                manifest.accepted().size(),
                manifest.rejected().size(),
                draft.recipe(),
                clock.instant());
        outbox.publish(event, "ingest/dataset", 1);
        drafts.markAnnounced(draft.runId());
    }

    private DatasetManifest manifestOf(Draft draft) {
        List<PictureVerdict> verdicts = drafts.verdicts(draft.runId());
        List<AcceptedPicture> accepted =
                verdicts.stream().flatMap(verdict -> verdict.used().stream()).toList();
        List<RejectedPicture> rejected = verdicts.stream()
                .flatMap(verdict -> Optional.ofNullable(verdict.reason()).stream()
                        .map(reason -> new RejectedPicture(verdict.fileName(), reason)))
                .toList();
        return new DatasetManifest(draft.runId(), accepted, rejected);
    }

    private static String nothingUsable(List<RejectedPicture> rejected) {
        if (rejected.isEmpty()) {
            return "the run has no pictures; upload at least one before it starts";
        }
        RejectedPicture first = rejected.get(0);
        return rejected.size() == 1
                ? "the only picture, '%s', cannot be used: %s".formatted(first.fileName(), first.reason())
                : "none of the %d pictures can be used; the first, '%s': %s"
                        .formatted(rejected.size(), first.fileName(), first.reason());
    }
}
