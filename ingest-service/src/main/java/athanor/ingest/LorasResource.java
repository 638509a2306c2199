package athanor.ingest;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.LoraView;
import athanor.shell.TenantRuns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What came of all runs. */
@Path("/loras")
@Produces(MediaType.APPLICATION_JSON)
public class LorasResource {

    private final RunBoard board;
    private final TenantRuns tenantRuns;

    LorasResource(RunBoard board, TenantRuns tenantRuns) {
        this.board = board;
        this.tenantRuns = tenantRuns;
    }

    @GET
    @Operation(
            summary = "The published LoRAs with their runs, newest run first",
            description = "With what each was made with. GET /runs/{id}/lora hands one out.")
    public List<LoraView> all() {
        return board.all().stream()
                .filter(card -> tenantRuns.sees(card.runId()))
                .flatMap(card -> view(card).stream())
                .toList();
    }

    private static Optional<LoraView> view(RunCard card) {
        return card.lora()
                .map(lora -> new LoraView(
                        card.runId(),
                        card.name(),
                        lora,
                        card.trained() == null
                                ? card.updatedAt()
                                : card.trained().trainedAt(),
                        card.trained() == null ? null : training(card.trained())));
    }

    private static LoraView.Training training(LoraTrained trained) {
        Recipe recipe = trained.recipe();
        return new LoraView.Training(
                recipe.baseModel(),
                recipe.subject().trigger(),
                recipe.subject().classNoun(),
                recipe.network().rank(),
                trained.steps(),
                trained.trainedSizes(),
                trained.finalInstanceLoss(),
                trained.seconds());
    }
}
