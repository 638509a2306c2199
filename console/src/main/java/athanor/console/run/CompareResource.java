package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Pages;
import athanor.console.service.Services;
import athanor.contracts.rest.RunView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** Two runs side by side: what differs in their recipes, their losses, what they drew. */
@Path("/compare")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CompareResource {

    private static final int OFFERED = 200;

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    CompareResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance compare(@QueryParam("run") List<String> wanted) {
        List<RunView> known = Arrays.asList(services.get(INGEST, "/runs?limit=" + OFFERED, RunView[].class));
        List<RunView> runs = wanted.stream()
                .filter(id -> !id.isBlank())
                .distinct()
                .limit(2)
                .map(runPages::run)
                .toList();
        return pages.page("compare")
                .data("known", known)
                .data("runs", runs)
                .data("one", runs.isEmpty() ? "" : runs.get(0).runId().value())
                .data("other", runs.size() < 2 ? "" : runs.get(1).runId().value())
                .data("differences", runs.size() < 2 ? List.of() : differences(runs.get(0), runs.get(1)));
    }

    private static List<RecipeDifference> differences(RunView one, RunView other) {
        return one.recipe() == null || other.recipe() == null
                ? List.of()
                : RecipeDifference.between(one.recipe(), other.recipe());
    }
}
