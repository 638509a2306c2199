package athanor.ingest;

import athanor.contracts.rest.PicturesReceived;
import athanor.contracts.rest.UploadAddress;
import athanor.contracts.run.RunId;
import athanor.shell.RunLog;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Pictures that go straight to the store and not through this service. */
@Path("/runs/{id}/pictures")
@Produces(MediaType.APPLICATION_JSON)
public class UploadAddressesResource {

    private final RunRegister register;
    private final AwaitedUploads awaitedUploads;
    private final UploadQueue uploads;

    UploadAddressesResource(RunRegister register, AwaitedUploads awaitedUploads, UploadQueue uploads) {
        this.register = register;
        this.awaitedUploads = awaitedUploads;
        this.uploads = uploads;
    }

    @POST
    @Path("{fileName}/upload-url")
    @APIResponseSchema(value = UploadAddress.class, responseCode = "201")
    @Operation(
            summary = "Get an address to which a picture can be PUT",
            description =
                    "It is the store's own and good for a while. The picture is checked and becomes one of the run when"
                            + " the run starts, or with POST /runs/{id}/pictures/uploaded.")
    public RestResponse<UploadAddress> address(
            @PathParam("id") String id,
            @PathParam("fileName") String fileName,
            @QueryParam("caption") @DefaultValue("") String caption) {
        RunId run = register.open(id).runId();
        return RestResponse.status(
                RestResponse.Status.CREATED,
                awaitedUploads.offer(run, FileName.shown(fileName), PictureResource.caption(caption)));
    }

    @POST
    @Path("uploaded")
    @Operation(
            summary = "Take the pictures that were put to their addresses",
            description = "A verdict for each; those that have not come yet are named among the skipped ones.")
    public Uni<PicturesReceived> uploaded(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return uploads.next(() -> {
            Draft draft = register.open(id);
            return ReceivedView.of(RunLog.about(draft.runId(), () -> awaitedUploads.take(draft)), language);
        });
    }
}
