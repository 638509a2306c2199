package athanor.sample;

import athanor.contracts.rest.SampleCheck;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.sample.request.ReadRequests;
import athanor.shell.CrashGuard;
import athanor.shell.FirstAnswers;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
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
        SampleRequest request = AskedSamples.read(body);
        return AskedSamples.orProblem(() -> readRequests.check(request));
    }

    private SampleResponse drawn(byte[] body) {
        SampleRequest request = AskedSamples.read(body);
        return crashGuard.guard(
                AskedSamples.cost(request), () -> AskedSamples.orProblem(() -> renderRequested.of(request)));
    }
}
