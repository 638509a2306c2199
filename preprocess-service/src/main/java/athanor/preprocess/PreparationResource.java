package athanor.preprocess;

import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.shell.ProblemException;
import athanor.store.ObjectStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of the pictures of a run. */
@Path("/runs/{id}/preparation")
@Singleton
@Tag(name = "preparation", description = "What became of the pictures of a run.")
public class PreparationResource {

    private static final String PNG = "image/png";

    private final PictureReader reader = new PictureReader(PictureLimits.standard(), 1);
    private final ShowPreparation preparation;

    PreparationResource(ObjectStore store) {
        this.preparation = new ShowPreparation(store, reader);
    }

    @PreDestroy
    void endTheDecoder() {
        reader.close();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The plan of a run and the fate of each picture",
            description =
                    "Size trained at, rectangle that is trained, scale, what is kept, caption and where it comes from,"
                            + " framing, faces, findings, or why it is left out. Never changes.")
    public RunPreparation of(@PathParam("id") String id) {
        RunId run = new RunId(id);
        return preparation
                .of(run)
                .orElseThrow(() -> ProblemException.notFound(
                        "the pictures of run '%s' are not prepared yet, or there is no such run".formatted(run)));
    }

    @GET
    @Path("{fileName}/preview")
    @Produces(PNG)
    @Operation(
            summary = "A picture with what is trained of it",
            description =
                    "PNG of at most 640 pixels a side: what is cut off is dark, what is trained framed in white, the main"
                            + " person's face green, other faces orange.")
    public byte[] preview(@PathParam("id") String id, @PathParam("fileName") String fileName) {
        RunId run = new RunId(id);
        try {
            return preparation.preview(run, fileName).orElseThrow(() -> noSuchPicture(run, fileName));
        } catch (UnusableDatasetException e) {
            throw ProblemException.unusable(e.sentence());
        }
    }

    @GET
    @Path("{fileName}/trained")
    @Produces(PNG)
    @Operation(summary = "A picture exactly as it is trained on")
    public byte[] trained(@PathParam("id") String id, @PathParam("fileName") String fileName) {
        RunId run = new RunId(id);
        return preparation.trained(run, fileName).orElseThrow(() -> noSuchPicture(run, fileName));
    }

    private static ProblemException noSuchPicture(RunId run, String fileName) {
        return ProblemException.notFound("run '%s' has no prepared picture '%s'; GET /runs/%s/preparation lists them"
                .formatted(run, fileName, run));
    }
}
