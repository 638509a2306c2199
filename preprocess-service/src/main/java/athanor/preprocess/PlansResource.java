package athanor.preprocess;

import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.diffusion.model.BaseModelSearch;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.runtime.MachineMemory;
import athanor.plan.BaseFamily;
import athanor.plan.BaseShape;
import athanor.plan.CannotPlanException;
import athanor.plan.Planner;
import athanor.shell.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans before anything is spent. Here, because this service decides sizes and buckets of a run, and knows its bases. */
@Path("/plans")
@Tag(name = "plans", description = "At which size a card trains, and what that keeps of pictures.")
public class PlansResource {

    private final BaseModels bases;

    PlansResource(@ConfigProperty(name = "athanor.base-models") Optional<String> baseModels) {
        this.bases = BaseModels.of(baseModels.orElse(""));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Plan a training",
            description =
                    "From a card's memory the largest training area, from the pictures' sizes buckets and what is kept"
                            + " of each. No picture is sent. 422 where nothing fits, with what would.")
    @RequestBody(content = @Content(schema = @Schema(implementation = PlanRequest.class)))
    public PlanView plan(byte[] body) {
        if (body.length == 0) {
            throw ProblemException.badRequest(
                    "the request has no body; send family, memory and pictures as JSON: {\"family\": \"SD1\", \"memory\": \"g8\", \"pictures\": [{\"fileName\": \"a.jpg\", \"width\": 1080, \"height\": 1920}]}");
        }
        PlanRequest request = Json.readStrictly(body, PlanRequest.class);
        try {
            return Planner.plan(request, family(request), MachineMemory.bytes());
        } catch (CannotPlanException e) {
            throw ProblemException.unusable(String.valueOf(e.getMessage()));
        }
    }

    private BaseFamily family(PlanRequest request) {
        if (request.family() != null) {
            return BaseFamily.parse(request.family());
        }
        String name = String.valueOf(request.base());
        if (bases.find(name) instanceof BaseModelSearch.Found found) {
            return BaseShape.read(found.path());
        }
        throw ProblemException.notFound(
                "there is no base model '%s' at this service; name another, or a family: SD1, SD2, SDXL"
                        .formatted(name));
    }
}
