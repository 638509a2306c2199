package athanor.preprocess;

import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.reader.PictureReader;
import athanor.shell.EventHandler;
import athanor.shell.EventPublisher;
import athanor.shell.Inbox;
import athanor.shell.LiveWorkers;
import athanor.shell.PictureNews;
import athanor.shell.RunEndings;
import athanor.store.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** The two events that move a dataset on. Each is handled again without harm; see {@link PrepareDataset}. */
@ApplicationScoped
class PreprocessConsumer {

    private static final Logger LOG = Logger.getLogger(PreprocessConsumer.class);

    private final Inbox inbox;
    private final EventPublisher publisher;
    private final RunEndings endings;
    private final PictureNews news;
    private final PictureReader reader = PictureReader.standard();
    private final People people = People.standard();
    private final PrepareDataset prepareDataset;
    private final MeterRegistry metrics;

    PreprocessConsumer(
            Inbox inbox,
            EventPublisher publisher,
            RunEndings endings,
            ObjectStore store,
            LiveWorkers workers,
            PreprocessSettings settings,
            @ConfigProperty(name = "athanor.base-models") Optional<String> baseModels,
            MeterRegistry metrics,
            Clock clock) {
        this.metrics = metrics;
        this.inbox = inbox;
        this.publisher = publisher;
        this.endings = endings;
        this.news = new PictureNews(publisher, "preprocess/pictures");
        this.prepareDataset = new PrepareDataset(
                store,
                reader,
                people,
                BaseModels.of(baseModels.orElse("")),
                settings.memoryClass(),
                workers::all,
                endings::isCancelled,
                news::tell,
                clock);
    }

    @PreDestroy
    void endTheDecoder() {
        reader.close();
        news.close();
        people.close();
    }

    @Incoming("dataset-accepted")
    @Blocking
    void onDataset(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, DatasetAccepted.class, new EventHandler<>() {
            @Override
            public void handle(DatasetAccepted accepted) {
                prepare(accepted);
            }

            @Override
            public boolean isAwaitedBy(RunId run) {
                return !prepareDataset.knows(run);
            }
        });
    }

    @Incoming("class-pictures")
    @Blocking
    void onClassPictures(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, ClassPicturesRendered.class, new EventHandler<>() {
            @Override
            public void handle(ClassPicturesRendered rendered) {
                complete(rendered);
            }

            @Override
            public boolean isAwaitedBy(RunId run) {
                return prepareDataset.knows(run) && !prepareDataset.hasAnnounced(run);
            }
        });
    }

    private void prepare(DatasetAccepted accepted) {
        // A second delivery must not tell a run that has moved on that it is being prepared.
        if (!prepareDataset.knows(accepted.runId())) {
            publisher.publishState(accepted.runId(), accepted.name(), new RunState.Preparing());
        }
        Timer.Sample time = Timer.start(metrics);
        Preparation preparation = prepareDataset.from(accepted);
        time.stop(metrics.timer("athanor.preprocess.prepare"));
        announce(accepted.runId(), preparation);
    }

    private void complete(ClassPicturesRendered rendered) {
        announce(rendered.runId(), prepareDataset.with(rendered));
    }

    private void announce(RunId run, Preparation preparation) {
        if (endings.isOver(run)) {
            LOG.info("The run ended while its dataset was prepared; nothing is announced");
            return;
        }
        if (preparation instanceof Preparation.Waiting waiting) {
            LOG.infof("%d instance pictures are prepared, asking for class pictures", waiting.instancePictures());
            publisher.publish(waiting.request(), "preprocess/class-pictures", 1);
        } else if (preparation instanceof Preparation.Ready ready) {
            announce(ready);
        } else if (preparation instanceof Preparation.Impossible impossible) {
            LOG.errorf("The dataset cannot be prepared: %s", impossible.evidence());
            metrics.counter(
                            "athanor.preprocess.failures",
                            "reason",
                            impossible.reason().name())
                    .increment();
            publisher.publishState(
                    run, impossible.name(), RunState.Failed.of(impossible.reason(), impossible.evidence()));
        } else {
            LOG.info("Class pictures arrived for a run that is not being prepared; they stay in the store");
        }
    }

    /**
     * The state goes first: once the queue has the run, a worker may say at any moment that it is training. And it is told
     * before the dataset is settled: whoever dies in between tells it again, and nobody trains yet.
     */
    private void announce(Preparation.Ready ready) {
        DatasetPrepared event = ready.event();
        if (!ready.settled()) {
            publisher.publishState(event.runId(), event.name(), new RunState.Queued());
            event = prepareDataset.settle(event);
        }
        publisher.publish(event, "preprocess/dataset", event.attempt());
        LOG.infof("The dataset is prepared and waits for a worker of class %s", event.memoryClass());
    }
}
