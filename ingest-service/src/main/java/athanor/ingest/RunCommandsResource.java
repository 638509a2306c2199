package athanor.ingest;

import athanor.contracts.events.RunCommand;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import athanor.shell.ProblemException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** What can be asked of a run that is under way. The wish is sent as an event; whoever holds the run obeys. */
@Path("/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RunCommandsResource {

    private final RunRegister register;
    private final EventPublisher publisher;
    private final CancelRun cancelRun;
    private final Clock clock;

    RunCommandsResource(RunRegister register, EventPublisher publisher, CancelRun cancelRun, Clock clock) {
        this.register = register;
        this.cancelRun = cancelRun;
        this.publisher = publisher;
        this.clock = clock;
    }

    @DELETE
    @Operation(summary = "Cancel the run", description = "Objects that are in the store already stay.")
    public RestResponse<RunView> cancel(@PathParam("id") String id) {
        RunCard card = register.card(id);
        if (card.state().over()) {
            throw over(id, card.state());
        }
        // First the command: when this process dies in between, its own consumer makes it the run's end.
        send(new RunCommand.CancelRun(card.runId(), now()));
        RunState end = cancelRun.of(card.runId(), card.name());
        if (!(end instanceof RunState.Cancelled)) {
            throw over(id, end);
        }
        return RestResponse.status(RestResponse.Status.ACCEPTED, register.view(id));
    }

    private static ProblemException over(String id, RunState end) {
        return ProblemException.conflict("run '%s' is over (%s)".formatted(id, end.name()));
    }

    @POST
    @Path("commands/{command}")
    @Operation(summary = "Tell a training what to do", description = "stop-and-keep, pause, resume or sample-now")
    public RestResponse<RunView> command(@PathParam("id") String id, @PathParam("command") String command) {
        RunCard card = register.card(id);
        send(commandFor(card, command));
        return RestResponse.status(RestResponse.Status.ACCEPTED, register.view(id));
    }

    private RunCommand commandFor(RunCard card, String command) {
        RunId run = card.runId();
        boolean paused = card.state() instanceof RunState.Paused;
        boolean training = card.state() instanceof RunState.Training;
        RunCommand wish = switch (command) {
            case "stop-and-keep" -> new RunCommand.StopAndKeep(run, now());
            case "pause" -> new RunCommand.PauseRun(run, now());
            case "resume" -> new RunCommand.ResumeRun(run, now());
            case "sample-now" -> new RunCommand.SampleNow(run, now());
            default ->
                throw ProblemException.notFound(
                        "there is no command '%s'; stop-and-keep, pause, resume and sample-now exist"
                                .formatted(command));
        };
        boolean fits = wish instanceof RunCommand.ResumeRun
                ? paused
                : training || paused && wish instanceof RunCommand.StopAndKeep;
        if (!fits) {
            throw ProblemException.conflict("'%s' needs a run that is %s, this one is %s"
                    .formatted(
                            command,
                            wish instanceof RunCommand.ResumeRun ? "Paused" : "Training",
                            card.state().name()));
        }
        return wish;
    }

    /** A wish may be told twice at different times, so its own time tells it apart. */
    private void send(RunCommand wish) {
        publisher.publish(
                wish, "command/" + wish.getClass().getSimpleName(), wish.at().toEpochMilli());
    }

    private Instant now() {
        return clock.instant();
    }
}
