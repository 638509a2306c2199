package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.pictures.PictureLimits;
import athanor.pictures.Pixels;
import athanor.pictures.reader.PictureReader;
import athanor.sample.render.CannotRenderException;
import athanor.sample.render.Renderer;
import athanor.shell.CrashGuard;
import athanor.shell.ProblemException;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.awt.image.BufferedImage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a base makes of the pictures of a run. Here, because this service has the bases' networks in memory. */
@Path("/runs/{id}/preparation")
@Singleton
@Tag(name = "preparation", description = "What a base makes of the pictures of a run.")
public class PreparationResource {

    private final ObjectStore store;
    private final Renderer renderer;
    private final CrashGuard crashGuard;
    private final PictureReader reader =
            new PictureReader(PictureLimits.standard().ofAnyShape(), 1);
    private final InstancePictures pictures;

    PreparationResource(ObjectStore store, Renderer renderer, CrashGuard crashGuard) {
        this.store = store;
        this.renderer = renderer;
        this.crashGuard = crashGuard;
        this.pictures = new InstancePictures(store, reader);
    }

    @PreDestroy
    void endTheDecoder() {
        reader.close();
    }

    @GET
    @Path("{fileName}/as-the-model-sees-it")
    @Blocking
    @Produces("image/png")
    @Operation(
            summary = "A picture as the base's autoencoder gives it back",
            description =
                    "The network is trained on what the encoder leaves of a picture; what is not in here cannot be learnt.")
    public byte[] asTheModelSeesIt(@PathParam("id") String id, @PathParam("fileName") String fileName) {
        RunId run = new RunId(id);
        RunPreparation preparation = store.find(ObjectKeys.preparation(run))
                .map(found -> Json.read(found.bytes(), RunPreparation.class))
                .orElseThrow(() -> ProblemException.notFound(
                        "the pictures of run '%s' are not prepared yet, or there is no such run".formatted(run)));
        ObjectRef prepared = preparation
                .fate(fileName)
                .map(PictureFate::prepared)
                .orElseThrow(() -> ProblemException.notFound(
                        "run '%s' trains on no picture '%s'; GET /runs/%s/preparation lists them"
                                .formatted(run, fileName, run)));
        BufferedImage picture = pictures.decode(store.read(prepared))
                .orElseThrow(() -> ProblemException.unusable("'%s' cannot be read any more".formatted(fileName)));
        String cost =
                "autoencoder %s %dx%d".formatted(preparation.baseModel(), picture.getWidth(), picture.getHeight());
        return crashGuard.guard(cost, () -> seen(preparation.baseModel(), picture));
    }

    private byte[] seen(String baseModel, BufferedImage picture) {
        try {
            return Pixels.png(renderer.throughAutoencoder(baseModel, picture));
        } catch (CannotRenderException e) {
            throw e.reason() == FailureReason.UNKNOWN_BASE_MODEL
                    ? ProblemException.notFound(e.evidence())
                    : ProblemException.unusable(e.evidence());
        }
    }
}
