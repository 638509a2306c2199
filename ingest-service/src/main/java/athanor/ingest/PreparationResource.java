package athanor.ingest;

import athanor.appraisal.CutPreview;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How preprocess-service prepared the pictures of a run, as it wrote it down; at the address at which all else of a run is. */
@Path("/runs/{id}/preparation")
@Singleton
@Blocking
@Tag(name = "preparation", description = "What became of the pictures of a run.")
public class PreparationResource {

    private static final String PNG = "image/png";

    private final RunRegister register;
    private final ObjectStore store;
    private final SmallPictures small;

    PreparationResource(RunRegister register, ObjectStore store, SmallPictures small) {
        this.register = register;
        this.store = store;
        this.small = small;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The plan of a run and the fate of each picture",
            description =
                    "Size trained at, rectangle that is trained, scale, what is kept, caption and where it comes from,"
                            + " framing, faces, findings, or why it is left out. Never changes.")
    public RunPreparation of(@PathParam("id") String id) {
        RunCard card = register.card(id);
        return store.find(ObjectKeys.preparation(card.runId()))
                .map(found -> Json.read(found.bytes(), RunPreparation.class))
                .orElseThrow(() -> ProblemException.notFound("the pictures of run '%s' are not prepared, it is %s"
                        .formatted(card.runId(), card.state().name())));
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
        RunPreparation preparation = of(id);
        PictureFate fate = fate(preparation, fileName);
        if (fate.use() == PictureFate.Use.TRANSPLANT) {
            return trained(id, fileName); // nobody uploaded it as it is
        }
        AcceptedPicture picture = store.find(ObjectKeys.manifest(preparation.runId())).stream()
                .flatMap(found -> Json.read(found.bytes(), DatasetManifest.class).accepted().stream())
                .filter(accepted -> accepted.sha256().equals(fate.sha256()))
                .findFirst()
                .orElseThrow(() -> noSuchPicture(preparation.runId(), fileName));
        return CutPreview.of(small.of(preparation.runId(), picture), picture.size(), fate);
    }

    @GET
    @Path("{fileName}/trained")
    @Produces(PNG)
    @Operation(summary = "A picture exactly as it is trained on")
    public byte[] trained(@PathParam("id") String id, @PathParam("fileName") String fileName) {
        RunPreparation preparation = of(id);
        PictureFate fate = fate(preparation, fileName);
        if (fate.prepared() == null) {
            throw ProblemException.notFound("'%s' is not trained on: %s"
                    .formatted(fileName, fate.place().refused()));
        }
        return store.read(fate.prepared());
    }

    private static PictureFate fate(RunPreparation preparation, String fileName) {
        return preparation.fate(fileName).orElseThrow(() -> noSuchPicture(preparation.runId(), fileName));
    }

    private static ProblemException noSuchPicture(RunId run, String fileName) {
        return ProblemException.notFound("run '%s' has no prepared picture '%s'; GET /runs/%s/preparation lists them"
                .formatted(run, fileName, run));
    }
}
