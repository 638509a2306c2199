package athanor.sample;

import athanor.contracts.rest.BaseModelView;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.shell.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which file or folder a base model is. */
@Path("/base-models")
@Tag(name = "base models")
public class BaseModelsResource {

    private final BaseModels bases;

    BaseModelsResource(@ConfigProperty(name = "athanor.base-models", defaultValue = "base-models") String baseModels) {
        this.bases = BaseModels.of(baseModels);
    }

    /** One at a time, because each reads the whole of a file of gigabytes. */
    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "One base model: path, family, hash",
            description = "By name, or by its path within the folders of base models. Reads all of its weights.")
    public synchronized BaseModelView one(@QueryParam("name") @DefaultValue("") String name) {
        BaseModelSearch search = bases.find(name);
        if (search instanceof BaseModelSearch.Unknown unknown) {
            throw ProblemException.notFound(unknown.sentence());
        }
        java.nio.file.Path path = ((BaseModelSearch.Found) search).path();
        try (BaseModel base = BaseModel.open(path)) {
            return new BaseModelView(name, path.toString(), base.family().name(), base.sha256OfWeights());
        } catch (BaseModelException e) {
            throw ProblemException.unusable(String.valueOf(e.getMessage()));
        }
    }
}
