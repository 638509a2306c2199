package athanor.preprocess;

import athanor.contracts.rest.ChoiceView;
import athanor.preprocess.plan.InstanceChoice;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What there is to choose from before a training. */
@Path("/choices")
@Tag(name = "plans", description = "What a training would take and keep.")
public class ChoicesResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ways of learning a subject and of holding its class",
            description = "Each with what it was measured to give and to cost.")
    public List<ChoiceView> all() {
        return InstanceChoice.measured();
    }
}
