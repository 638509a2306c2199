package athanor.ingest;

import athanor.contracts.dataset.PictureSource;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.RunRequested;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.shell.Envelope;
import athanor.shell.EventHandler;
import athanor.shell.EventPublisher;
import athanor.shell.Inbox;
import athanor.shell.PictureNews;
import athanor.shell.RunEndings;
import athanor.shell.RunFailedException;
import athanor.shell.RunTenants;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * The front door for Kafka producers: one event does what opening, uploading and starting do over REST. A producer chooses
 * the run id, so a second request may come under it: the same one again is a second delivery, another one is put aside.
 */
@ApplicationScoped
class RunRequestedConsumer implements EventHandler<RunRequested> {

    private static final Logger LOG = Logger.getLogger(RunRequestedConsumer.class);

    private final Turns turns = new Turns();
    private final Inbox inbox;
    private final ObjectStore store;
    private final BaseModels bases;
    private final Drafts drafts;
    private final OpenRun openRun;
    private final AcceptStored acceptStored;
    private final AcceptFound acceptFound;
    private final StartRun startRun;
    private final RunEndings endings;
    private final RunTenants tenants;
    private final PictureNews news;
    private final Clock clock;

    RunRequestedConsumer(
            Inbox inbox,
            ObjectStore store,
            BaseModels bases,
            Drafts drafts,
            OpenRun openRun,
            AcceptStored acceptStored,
            AcceptFound acceptFound,
            StartRun startRun,
            RunEndings endings,
            RunTenants tenants,
            EventPublisher publisher,
            Clock clock) {
        this.tenants = tenants;
        this.inbox = inbox;
        this.store = store;
        this.bases = bases;
        this.drafts = drafts;
        this.openRun = openRun;
        this.acceptStored = acceptStored;
        this.acceptFound = acceptFound;
        this.startRun = startRun;
        this.endings = endings;
        this.news = new PictureNews(publisher, "ingest/pictures");
        this.clock = clock;
    }

    @PreDestroy
    void endTheNews() {
        news.close();
    }

    /** Several at a time: a request whose pictures take long to read keeps nobody's request behind it waiting. */
    @Incoming("run-requested")
    @Blocking(value = "run-requests", ordered = false)
    void on(ConsumerRecord<String, byte[]> record) {
        turns.take(String.valueOf(record.key()), () -> inbox.handle(record, RunRequested.class, of(record)));
    }

    /** Whose the run is stands in the envelope, which a handler does not see. */
    private EventHandler<RunRequested> of(ConsumerRecord<String, byte[]> record) {
        Optional<String> tenant = Envelope.tenant(record.headers());
        return tenant.isEmpty() ? this : new OfATenant(tenant.get());
    }

    private final class OfATenant implements EventHandler<RunRequested> {

        private final String tenant;

        private OfATenant(String tenant) {
            this.tenant = tenant;
        }

        @Override
        public Optional<String> refuse(RunRequested request) {
            return RunRequestedConsumer.this.refuse(request);
        }

        @Override
        public boolean isAwaitedBy(RunId run) {
            return RunRequestedConsumer.this.isAwaitedBy(run);
        }

        @Override
        public void handle(RunRequested request) {
            tenants.give(request.runId(), tenant);
            RunRequestedConsumer.this.handle(request);
        }
    }

    @Override
    public Optional<String> refuse(RunRequested request) {
        RunId run = request.runId();
        Optional<RunRequested> first = drafts.request(run);
        if (first.isPresent()) {
            String other = differences(first.get(), request);
            return other.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "run '%s' was requested before with another %s; the first request counts, choose another run id"
                                    .formatted(run, other));
        }
        if (endings.erasedAt(run).isPresent()) {
            return Optional.of("run '%s' was erased; choose another run id".formatted(run));
        }
        return drafts.find(run).isPresent() || endings.of(run).isPresent()
                ? Optional.of("there is a run '%s' already; choose another run id".formatted(run))
                : Optional.empty();
    }

    /** A producer that sends a request again may write another time into it. */
    private static String differences(RunRequested first, RunRequested second) {
        List<String> different = new ArrayList<>();
        if (!first.name().equals(second.name())) {
            different.add("name");
        }
        if (!first.recipe().equals(second.recipe())) {
            different.add("recipe");
        }
        if (!Objects.equals(first.source(), second.source())) {
            different.add("source");
        }
        if (!first.pictures().equals(second.pictures())) {
            different.add("list of pictures");
        }
        return String.join(" and another ", different);
    }

    @Override
    public boolean isAwaitedBy(RunId run) {
        return drafts.request(run).isEmpty() && drafts.find(run).isEmpty();
    }

    @Override
    public void handle(RunRequested request) {
        if (drafts.announced(request.runId())) {
            return; // a second delivery
        }
        drafts.keep(request);
        Draft draft = openRun.as(request.runId(), request.name(), request.recipe());
        request.recipe().contradiction().ifPresent(evidence -> {
            throw new RunFailedException(FailureReason.BAD_RECIPE, evidence);
        });
        bases.refuse(request.recipe().baseModel()).ifPresent(evidence -> {
            throw new RunFailedException(FailureReason.UNKNOWN_BASE_MODEL, evidence);
        });
        if (request.source() == null) {
            takeNamed(draft, request);
        } else {
            takeFound(draft, request.source());
        }
        Optional<String> refusal = startRun.from(draft);
        if (refusal.isPresent()) {
            throw new RunFailedException(FailureReason.NO_USABLE_PICTURES, refusal.get());
        }
    }

    private void takeNamed(Draft draft, RunRequested request) {
        List<String> names = FileName.distinct(request.pictures().stream()
                .map(picture -> FileName.shown(picture.fileName()))
                .toList());
        LookingCount count = new LookingCount(draft.runId(), news::tell, clock);
        for (int i = 0; i < names.size(); i++) {
            RequestedPicture picture = request.pictures().get(i);
            acceptStored.from(
                    draft,
                    names.get(i),
                    new Beside(picture.caption(), picture.regions() == null ? List.of() : picture.regions()),
                    picture.object().bytes(),
                    file -> store.download(picture.object(), file));
            count.looked(i + 1, names.size());
        }
    }

    private void takeFound(Draft draft, PictureSource source) {
        Received received;
        try {
            received = acceptFound.from(draft, source, new LookingCount(draft.runId(), news::tell, clock));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                throw new RunFailedException(FailureReason.OBJECT_MISSING_OR_DAMAGED, String.valueOf(e.getMessage()));
            }
            throw e;
        }
        received.skipped().forEach(file -> LOG.infof("Skipped: '%s' %s", file.fileName(), file.reason()));
        if (received.verdicts().isEmpty()) {
            throw new RunFailedException(
                    FailureReason.NO_USABLE_PICTURES,
                    "no picture lies below '%s' of bucket '%s'%s; put some there and send a request with another run id"
                            .formatted(
                                    source.prefix(),
                                    source.bucket(),
                                    received.skipped().isEmpty()
                                            ? ""
                                            : ", but %d other files"
                                                    .formatted(
                                                            received.skipped().size())));
        }
    }
}
