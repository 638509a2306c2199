package athanor.ingest;

import athanor.contracts.events.RunCommand;
import athanor.contracts.rest.RunErasure;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.ProblemException;
import athanor.shell.RunEndings;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;

/** What can be asked of a run that is under way. The wish is sent as an event; whoever holds the run obeys. */
@Path("/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RunCommandsResource {

    private final RunRegister register;
    private final Outbox outbox;
    private final CancelRun cancelRun;
    private final Erasures erasures;
    private final RunEndings endings;
    private final ObjectStore store;
    private final PausesAsked pauses;
    private final Clock clock;

    RunCommandsResource(
            RunRegister register,
            Outbox outbox,
            CancelRun cancelRun,
            Erasures erasures,
            RunEndings endings,
            ObjectStore store,
            PausesAsked pauses,
            Clock clock) {
        this.pauses = pauses;
        this.erasures = erasures;
        this.endings = endings;
        this.store = store;
        this.register = register;
        this.outbox = outbox;
        this.cancelRun = cancelRun;
        this.clock = clock;
    }

    @DELETE
    @Operation(
            summary = "Cancel the run, or erase everything of it",
            description =
                    "Cancelled, its objects in the store stay and the answer is the run. With everything=true it is"
                            + " cancelled if need be, and its pictures, class pictures of its own, checkpoints, samples,"
                            + " LoRA and documents are deleted; the answer says whether that is done (200) or under way"
                            + " (202), and the event RunErased confirms it.")
    @APIResponseSchema(value = RunErasure.class, responseCode = "200")
    @APIResponse(
            responseCode = "202",
            description = "The run that is cancelled, or how far the erasing is",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {RunView.class, RunErasure.class})))
    public RestResponse<?> delete(
            @PathParam("id") String id, @QueryParam("everything") @DefaultValue("false") boolean everything) {
        if (everything) {
            RunErasure erasure = erasures.of(id);
            return RestResponse.status(erasure.done() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, erasure);
        }
        return cancel(id);
    }

    private RestResponse<RunView> cancel(String id) {
        RunCard card = register.card(id);
        if (card.state().over()) {
            throw over(id, card.state());
        }
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
    @APIResponseSchema(value = RunView.class, responseCode = "202")
    public RestResponse<RunView> command(@PathParam("id") String id, @PathParam("command") String command) {
        RunCard card = register.card(id);
        RunCommand wish = commandFor(card, command);
        if (card.state() instanceof RunState.Failed) {
            reopen(card);
        }
        send(wish);
        remember(wish);
        return RestResponse.status(RestResponse.Status.ACCEPTED, register.view(id));
    }

    private void remember(RunCommand wish) {
        if (wish instanceof RunCommand.PauseRun) {
            pauses.asked(wish.runId(), wish.at());
        } else if (wish instanceof RunCommand.ResumeRun) {
            pauses.takenBack(wish.runId());
        }
    }

    private RunCommand commandFor(RunCard card, String command) {
        RunId run = card.runId();
        boolean paused = card.state() instanceof RunState.Paused;
        boolean training = card.state() instanceof RunState.Training;
        RunCommand wish = switch (command) {
            case "stop-and-keep" -> new RunCommand.StopAndKeep(run, now());
            case "pause" -> new RunCommand.PauseRun(run, now());
            case "resume" ->
                new RunCommand.ResumeRun(run, laterThan(pauses.underWay(card).orElse(card.since())));
            case "sample-now" -> new RunCommand.SampleNow(run, now());
            default ->
                throw ProblemException.notFound(
                        "there is no command '%s'; stop-and-keep, pause, resume and sample-now exist"
                                .formatted(command));
        };
        boolean fits = wish instanceof RunCommand.ResumeRun
                ? paused
                        || card.state() instanceof RunState.Failed
                        || pauses.underWay(card).isPresent()
                : training || paused && wish instanceof RunCommand.StopAndKeep;
        if (!fits) {
            throw ProblemException.conflict("'%s' needs a run that is %s, this one is %s"
                    .formatted(
                            command,
                            wish instanceof RunCommand.ResumeRun ? "Paused or Failed" : "Training",
                            card.state().name()));
        }
        return wish;
    }

    /** Its end is taken back, and whoever trains goes on from the last checkpoint. */
    private void reopen(RunCard card) {
        if (store.stat(ObjectKeys.lease(card.runId())).isEmpty()) {
            throw ProblemException.conflict(
                    "run '%s' failed before its training began, so there is nothing to resume; start a new run"
                            .formatted(card.runId()));
        }
        endings.reopen(card.runId());
        outbox.publishState(card.runId(), card.name(), new RunState.Queued());
    }

    /** The worker that told the state may have a clock that is ahead. */
    private Instant laterThan(Instant told) {
        Instant now = now();
        return now.isAfter(told) ? now : told.plusMillis(1);
    }

    /** A wish may be told twice at different times, so its own time tells it apart. */
    private void send(RunCommand wish) {
        outbox.publish(
                wish, "command/" + wish.getClass().getSimpleName(), wish.at().toEpochMilli());
    }

    private Instant now() {
        return clock.instant();
    }
}
