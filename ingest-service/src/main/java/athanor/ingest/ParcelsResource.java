package athanor.ingest;

import athanor.contracts.rest.PicturesReceived;
import athanor.ingest.parcel.Parcel;
import athanor.ingest.parcel.ParcelLimits;
import athanor.ingest.parcel.ParcelRefusedException;
import athanor.ingest.parcel.ReadParts;
import athanor.ingest.parcel.UnpackZip;
import athanor.pictures.PictureLimits;
import athanor.shell.FirstAnswers;
import athanor.shell.ProblemException;
import athanor.shell.RunLog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Many pictures in one request. */
@Path("/runs/{id}/pictures")
@Produces(MediaType.APPLICATION_JSON)
public class ParcelsResource {

    private static final String ZIP = "application/zip";
    private static final String ZIP_OF_WINDOWS = "application/x-zip-compressed";

    private final RunRegister register;
    private final UploadQueue uploads;
    private final AcceptParcel acceptParcel;
    private final FirstAnswers firstAnswers;
    private final ReadParts readParts;
    private final UnpackZip unpackZip;

    ParcelsResource(
            RunRegister register,
            UploadQueue uploads,
            AcceptParcel acceptParcel,
            FirstAnswers firstAnswers,
            IngestSettings settings) {
        this.firstAnswers = firstAnswers;
        this.register = register;
        this.uploads = uploads;
        this.acceptParcel = acceptParcel;
        ParcelLimits limits = new ParcelLimits(
                settings.maxFilesAtOnce(),
                PictureLimits.standard().bytes(),
                2 * settings.maxBytesAtOnce().asLongValue(),
                settings.maxZipRatio());
        this.readParts = new ReadParts(limits);
        this.unpackZip = new UnpackZip(limits);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Upload many pictures as the parts of one request",
            description =
                    "Each part needs a file name; a .txt or .caption part of the same base name is the caption of a"
                            + " picture, and a .zip part is unpacked. 200 with a verdict for each picture, and what was"
                            + " skipped and why.")
    @RequestBody(
            content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(type = SchemaType.OBJECT)))
    @Parameter(name = FirstAnswers.HEADER, in = ParameterIn.HEADER, description = RunsResource.SENT_AGAIN)
    public Uni<RestResponse<PicturesReceived>> parts(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language,
            @Context RoutingContext request) {
        return accept(id, language, request, file -> readParts.from(file.path(), contentType));
    }

    @POST
    @Consumes({ZIP, ZIP_OF_WINDOWS})
    @Operation(
            summary = "Upload one zip of pictures",
            description =
                    "With captions by base name, as the parts of a request have. When the zip is refused (422), nothing"
                            + " of it is taken.")
    @RequestBody(content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @Parameter(name = FirstAnswers.HEADER, in = ParameterIn.HEADER, description = RunsResource.SENT_AGAIN)
    public Uni<RestResponse<PicturesReceived>> zip(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language,
            @Context RoutingContext request) {
        return accept(id, language, request, file -> unpackZip.from(file.path()));
    }

    private PicturesReceived accept(Draft draft, @Nullable String language, Parcel parcel) {
        return ReceivedView.of(RunLog.about(draft.runId(), () -> acceptParcel.from(draft, parcel)), language);
    }

    private Uni<RestResponse<PicturesReceived>> accept(
            String id, @Nullable String language, RoutingContext request, Function<ReceivedFile, Parcel> unpack) {
        ReceivedFile file = ReceiveUploads.of(request)
                .orElseThrow(() -> ProblemException.badRequest("the pictures have to be the body of the request"));
        return uploads.next(() -> {
            try (file) {
                register.card(id);
                try (Parcel parcel = unpack.apply(file)) {
                    return firstAnswers.once(
                            request.request(),
                            parcel::fingerprint,
                            () -> RestResponse.ok(accept(register.open(id), language, parcel)));
                }
            } catch (ParcelRefusedException e) {
                throw ProblemException.unusable(String.valueOf(e.getMessage()));
            }
        });
    }
}
