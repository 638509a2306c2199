package athanor.shell;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.store.ObjectStore;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.MDC;

/** A service as small as one can be: what it handled, and requests that go wrong in each way. */
@Path("/toy")
@ApplicationScoped
public class ToyService {

    @Inject
    Inbox inbox;

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @Inject
    RunEndings endings;

    @Inject
    CrashGuard crashGuard;

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final List<RunId> awaiting = new CopyOnWriteArrayList<>();
    private final List<Object> runsInTheLog = new CopyOnWriteArrayList<>();

    List<String> handled() {
        return handled;
    }

    List<Object> runsInTheLog() {
        return runsInTheLog;
    }

    @Incoming("dataset-accepted")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.handle(record, DatasetAccepted.class, new EventHandler<>() {
            @Override
            public void handle(DatasetAccepted event) {
                prepare(event);
            }

            @Override
            public Optional<String> refuse(DatasetAccepted event) {
                return event.name().equals("contradicts")
                        ? Optional.of("it contradicts what was said before")
                        : Optional.empty();
            }

            @Override
            public boolean isAwaitedBy(RunId run) {
                return awaiting.contains(run);
            }
        });
    }

    void letGo() {
        hanging.countDown();
    }

    void await(RunId run) {
        awaiting.add(run);
    }

    private void prepare(DatasetAccepted event) {
        runsInTheLog.add(MDC.get("runId"));
        handled.add(event.name());
        if (event.name().equals("broken")) {
            throw new IllegalStateException("a fault that nobody foresaw");
        }
        if (event.name().equals("base unknown")) {
            throw new RunFailedException(FailureReason.UNKNOWN_BASE_MODEL, "there is no base model 'sd9'");
        }
        if (event.name().equals("quotes much")) {
            throw new RunFailedException(
                    FailureReason.UNKNOWN_BASE_MODEL, "there is no base model '%s'".formatted("x".repeat(9_000_000)));
        }
        if (event.name().equals("says too much")) {
            publisher.publish(tooMuch(event.runId()), "toy", 1);
        }
        if (event.name().equals("gets further and hangs")) {
            crashGuard.moved(event.runId());
            handled.add("moved");
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (event.name().equals("too deep")) {
            throw new StackOverflowError();
        }
        if (event.name().equals("cancelled meanwhile")) {
            endings.noteCancelled(event.runId());
            throw new CancellationException("between two pictures");
        }
        if (event.name().equals("manifest damaged")) {
            store.read(event.manifest());
        }
    }

    private static String hash(Random random) {
        return LongStream.generate(random::nextLong)
                .limit(4)
                .mapToObj("%016x"::formatted)
                .collect(Collectors.joining());
    }

    /** Eight megabytes, and more than one when they are packed: hashes shrink to half. */
    private static ClassPicturesRendered tooMuch(RunId run) {
        Random random = new Random(1);
        List<ClassPicture> pictures = IntStream.range(0, 25_000)
                .mapToObj(i -> new ClassPicture(
                        new ObjectRef("athanor", "class-pictures/x/picture.png", 1, hash(random)),
                        hash(random),
                        new Size(64, 64),
                        1))
                .toList();
        return new ClassPicturesRendered(run, "Toy", pictures, 1, Instant.EPOCH);
    }

    @GET
    @Path("{id}/{fault}")
    public RunId fail(@PathParam("id") String id, @PathParam("fault") String fault) {
        RunId run = new RunId(id);
        if (fault.equals("unknown")) {
            throw ProblemException.unknownRun(run);
        }
        if (fault.equals("crash")) {
            throw new IllegalStateException("secret inner detail");
        }
        return run;
    }
}
