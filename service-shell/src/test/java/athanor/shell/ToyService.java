package athanor.shell;

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
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
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
    ObjectStore store;

    @Inject
    RunEndings endings;

    private final List<String> handled = new CopyOnWriteArrayList<>();
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
        inbox.handle(record, DatasetAccepted.class, this::prepare);
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
        if (event.name().equals("cancelled meanwhile")) {
            endings.noteCancelled(event.runId());
            throw new CancellationException("between two pictures");
        }
        if (event.name().equals("manifest damaged")) {
            store.read(event.manifest());
        }
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
