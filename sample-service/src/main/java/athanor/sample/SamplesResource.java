package athanor.sample;

import athanor.contracts.json.Json;
import athanor.contracts.rest.SampleCheck;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.contracts.run.FailureReason;
import athanor.sample.render.CannotRenderException;
import athanor.sample.request.ReadRequests;
import athanor.sample.request.RequestRefused;
import athanor.shell.CrashGuard;
import athanor.shell.FirstAnswers;
import athanor.shell.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Pictures on request. */
@Path("/samples")
@Tag(name = "samples", description = "Draw pictures with a base model, without or with LoRAs.")
public class SamplesResource {

    private final ReadRequests readRequests;
    private final RenderRequested renderRequested;
    private final CrashGuard crashGuard;
    private final FirstAnswers firstAnswers;

    SamplesResource(
            ReadRequests readRequests,
            RenderRequested renderRequested,
            CrashGuard crashGuard,
            FirstAnswers firstAnswers) {
        this.readRequests = readRequests;
        this.renderRequested = renderRequested;
        this.crashGuard = crashGuard;
        this.firstAnswers = firstAnswers;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Draw pictures",
            description =
                    "Waits until the pictures are drawn. Warnings say where the request asks for what the LoRAs were"
                            + " never shown: a size they were not trained at, a framing that was not among their"
                            + " pictures.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SampleRequest.class)))
    @Parameter(
            name = FirstAnswers.HEADER,
            in = ParameterIn.HEADER,
            description = "The same request with the same key is drawn once; its answer comes again.")
    public RestResponse<SampleResponse> draw(byte[] body, @Context RoutingContext request) {
        return firstAnswers.once(
                request.request(), () -> new String(body, StandardCharsets.UTF_8), () -> RestResponse.ok(drawn(body)));
    }

    @POST
    @Path("/check")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What the guards say of a request, before anything is drawn",
            description =
                    "Answers at once, whatever is being drawn meanwhile, so that it can be asked while somebody types.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SampleRequest.class)))
    public SampleCheck check(byte[] body) {
        SampleRequest request = read(body);
        return orProblem(() -> readRequests.check(request));
    }

    private SampleResponse drawn(byte[] body) {
        SampleRequest request = read(body);
        return crashGuard.guard(cost(request), () -> orProblem(() -> renderRequested.of(request)));
    }

    static SampleRequest read(byte[] body) {
        if (body.length == 0) {
            throw ProblemException.badRequest("the request has no body; send at least baseModel and prompt as JSON");
        }
        return Json.readStrictly(body, SampleRequest.class);
    }

    /** What a request asks of the machine, whatever its pictures show: another prompt or seed makes a deadly one no better. */
    static String cost(SampleRequest request) {
        return "samples "
                + Json.write(new SampleRequest(
                        request.baseModel(),
                        request.loras(),
                        null,
                        null,
                        null,
                        request.count(),
                        request.steps(),
                        null,
                        request.sampler(),
                        request.size(),
                        null,
                        request.twoPasses(),
                        request.refine()));
    }

    static <T> T orProblem(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (TooManyRequests e) {
            throw ProblemException.busy(String.valueOf(e.getMessage()));
        } catch (GuardsRefused e) {
            throw ProblemException.guarded(String.valueOf(e.getMessage()), e.answers());
        } catch (RequestRefused e) {
            throw ProblemException.unusable(String.valueOf(e.getMessage()));
        } catch (CannotRenderException e) {
            throw e.reason() == FailureReason.UNKNOWN_BASE_MODEL
                    ? ProblemException.notFound(e.evidence())
                    : ProblemException.unusable(e.evidence());
        }
    }
}
