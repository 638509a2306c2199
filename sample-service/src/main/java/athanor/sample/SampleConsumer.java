package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.sample.render.CannotRenderException;
import athanor.shell.CrashGuard;
import athanor.shell.EventHandler;
import athanor.shell.EventPublisher;
import athanor.shell.Inbox;
import athanor.shell.RunEndings;
import athanor.shell.RunFailedException;
import athanor.store.StoreException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** The three events that ask for pictures. What was drawn for one of them is announced again at a second delivery. */
@ApplicationScoped
class SampleConsumer {

    private static final Logger LOG = Logger.getLogger(SampleConsumer.class);

    private final Inbox inbox;
    private final EventPublisher publisher;
    private final RunEndings endings;
    private final RenderClassPictures renderClassPictures;
    private final RenderSamples renderSamples;
    private final ProveTrained proveTrained;
    private final CrashGuard crashGuard;
    private final SampleSettings settings;
    private final Clock clock;

    SampleConsumer(
            Inbox inbox,
            EventPublisher publisher,
            RunEndings endings,
            RenderClassPictures renderClassPictures,
            RenderSamples renderSamples,
            ProveTrained proveTrained,
            CrashGuard crashGuard,
            SampleSettings settings,
            Clock clock) {
        this.inbox = inbox;
        this.publisher = publisher;
        this.endings = endings;
        this.renderClassPictures = renderClassPictures;
        this.renderSamples = renderSamples;
        this.proveTrained = proveTrained;
        this.crashGuard = crashGuard;
        this.settings = settings;
        this.clock = clock;
    }

    @Incoming("class-pictures")
    @Blocking
    void onClassPictures(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, ClassPicturesRequested.class, new EventHandler<>() {
            @Override
            public void handle(ClassPicturesRequested request) {
                render(request);
            }

            @Override
            public boolean isAwaitedBy(RunId run) {
                return !renderClassPictures.hasRendered(run);
            }
        });
    }

    @Incoming("lora-trained")
    @Blocking
    void onLora(ConsumerRecord<String, byte[]> record) {
        // One call for both types: a record that is neither must be put aside once.
        inbox.handle(record, RunEvent.class, event -> {
            if (event instanceof LoraTrained trained) {
                render(trained);
            } else if (event instanceof CheckpointSaved checkpoint) {
                glanceAt(checkpoint);
            }
        });
    }

    private void render(ClassPicturesRequested request) {
        ClassPicturesRendered rendered = orFail(() -> renderClassPictures.of(request));
        if (isStillWanted(request)) {
            publisher.publish(rendered, "sample/class-pictures", 1);
        }
    }

    /** The proof is begun by what is announced here, so that it holds up no pictures of other runs. */
    private void render(LoraTrained trained) {
        if (!renderSamples.hasRendered(trained)) {
            publisher.publishState(trained.runId(), trained.name(), new RunState.Rendering());
        }
        SamplesRendered rendered = orFail(() -> renderSamples.of(trained));
        if (!isStillWanted(trained)) {
            return;
        }
        proveTrained.want(trained);
        publisher.publish(rendered, "sample/finished", rendered.step());
        LOG.infof("%d test pictures in %.1f s", rendered.samples().size(), rendered.seconds());
    }

    @Incoming("samples-rendered")
    @Blocking
    void onSamples(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, SamplesRendered.class, rendered -> {
            if (rendered.last()) {
                proveTrained.wanted(rendered.runId()).ifPresent(trained -> finish(trained, rendered));
            }
        });
    }

    private void finish(LoraTrained trained, SamplesRendered rendered) {
        crashGuard.moved(trained.runId());
        Optional<ProofRendered> proof = prove(trained);
        if (!isStillWanted(trained)) {
            return;
        }
        proof.ifPresent(proved -> publisher.publish(proved, "sample/proof", trained.steps()));
        ObjectRef sheet = proof.map(proved -> renderSamples.sheetWith(trained, rendered, proved))
                .orElse(rendered.contactSheet());
        publisher.publishState(trained.runId(), trained.name(), new RunState.Finished(trained.lora(), sheet));
    }

    /** One that cannot be made costs nothing but itself: the LoRA is there, and so are its pictures. */
    private Optional<ProofRendered> prove(LoraTrained trained) {
        try {
            Optional<ProofRendered> proof = proveTrained.of(trained);
            proof.ifPresent(proved -> LOG.infof(
                    "Measured by %d pictures in %.1f s: %s",
                    proved.pictures(), proved.seconds(), proved.recommended().sentence()));
            return proof;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            boolean stopping = Thread.currentThread().isInterrupted();
            if (stopping || e instanceof StoreException outage && outage.mayPass()) {
                throw e;
            }
            LOG.warnf("This LoRA is not measured: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** A glance that fails costs nothing but itself: the run goes on. */
    private void glanceAt(CheckpointSaved checkpoint) {
        boolean stale =
                Duration.between(checkpoint.savedAt(), clock.instant()).compareTo(settings.checkpointMaxAge()) > 0;
        if (settings.checkpointPictures() == 0 || stale || checkpoint.step() >= checkpoint.totalSteps()) {
            return;
        }
        try {
            SamplesRendered rendered = renderSamples.of(checkpoint, settings.checkpointPictures());
            if (isStillWanted(checkpoint)) {
                publisher.publish(rendered, "sample/checkpoint", rendered.step());
            }
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e instanceof StoreException gone && gone.kind() == StoreException.Kind.MISSING) {
                LOG.infof(
                        "No pictures of checkpoint %d, most likely dropped before they could be drawn: %s",
                        checkpoint.step(), gone.getMessage());
                return;
            }
            LOG.warnf("No pictures of checkpoint %d: %s", checkpoint.step(), e.getMessage());
        }
    }

    private boolean isStillWanted(RunEvent event) {
        boolean over = endings.isOver(event.runId());
        if (over) {
            LOG.info("The run ended while its pictures were drawn; nothing is announced");
        }
        return !over;
    }

    private static <T> T orFail(Supplier<T> rendering) {
        try {
            return rendering.get();
        } catch (CannotRenderException e) {
            throw new RunFailedException(e.reason(), e.evidence());
        }
    }
}
