package athanor.sample;

import athanor.access.Caller;
import athanor.access.Tenant;
import athanor.contracts.rest.SampleJob;
import athanor.contracts.rest.SampleRequest;
import athanor.sample.later.RenderLater;
import athanor.shell.CrashGuard;
import athanor.shell.FirstAnswers;
import athanor.shell.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Pictures on request, for whoever does not want to wait for the answer. */
@Path("/samples/jobs")
@Tag(name = "samples", description = "Draw pictures with a base model, without or with LoRAs.")
public class SampleJobsResource {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final RenderRequested renderRequested;
    private final RenderLater renderLater;
    private final CrashGuard crashGuard;
    private final FirstAnswers firstAnswers;
    private final Caller caller;

    SampleJobsResource(
            RenderRequested renderRequested,
            RenderLater renderLater,
            CrashGuard crashGuard,
            FirstAnswers firstAnswers,
            Caller caller) {
        this.renderRequested = renderRequested;
        this.renderLater = renderLater;
        this.crashGuard = crashGuard;
        this.firstAnswers = firstAnswers;
        this.caller = caller;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have pictures drawn",
            description =
                    "Answers 202 at once, with an address at which to look. What cannot be drawn, or what the guards"
                            + " block, is refused here as by POST /samples.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SampleRequest.class)))
    @Parameter(
            name = FirstAnswers.HEADER,
            in = ParameterIn.HEADER,
            description = "The same request with the same key is drawn once; its answer comes again.")
    public RestResponse<SampleJob> ask(byte[] body, @Context RoutingContext request) {
        return firstAnswers.once(
                request.request(), () -> new String(body, StandardCharsets.UTF_8), () -> accepted(asked(body)));
    }

    private SampleJob asked(byte[] body) {
        SampleRequest request = SamplesResource.read(body);
        RenderRequested.Asked asked = SamplesResource.orProblem(() -> renderRequested.ask(request));
        String cost = SamplesResource.cost(request);
        return renderLater
                .ask(
                        caller.tenant(),
                        asked.prompt(),
                        (watch, cancelled) ->
                                crashGuard.guard(cost, () -> renderRequested.draw(asked, watch, cancelled)))
                .orElseThrow(() -> ProblemException.busy(
                        "%d drawings wait already; ask again when some of them are over (GET /samples/jobs)"
                                .formatted(RenderLater.MOST_WAITING)));
    }

    private static RestResponse<SampleJob> accepted(SampleJob job) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, job)
                .location(URI.create("/samples/jobs/" + job.id()))
                .build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The drawings that this process has in hand or has made, the newest first")
    public List<SampleJob> all() {
        return renderLater.all(caller.tenant());
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How far a drawing is, and its pictures when it is done")
    public SampleJob job(@PathParam("id") String id) {
        return renderLater.find(caller.tenant(), id).orElseThrow(() -> none(id));
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same as events, the last one when it is over")
    public Multi<SampleJob> follow(@PathParam("id") String id) {
        Tenant who = caller.tenant();
        SampleJob first = renderLater.find(who, id).orElseThrow(() -> none(id));
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().item(() -> renderLater.find(who, id).orElse(first)))
                .withDelay(BETWEEN_LOOKS)
                .whilst(job -> !job.state().over());
    }

    @DELETE
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Cancel a drawing",
            description = "It ends with its next step; one that is over stays as it is.")
    public SampleJob cancel(@PathParam("id") String id) {
        return renderLater.cancel(caller.tenant(), id).orElseThrow(() -> none(id));
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound(
                "there is no drawing '%s': it was never asked for here, or long ago; GET /samples/jobs lists them"
                        .formatted(id));
    }
}
