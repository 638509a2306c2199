package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.TRAIN;

import athanor.console.page.Pages;
import athanor.console.service.Answer;
import athanor.console.service.ServiceAwayException;
import athanor.console.service.Services;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.WorkerView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queue and history. */
@Path("/runs")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RunsResource {

    private static final int PAGE = 25;

    private final Services services;
    private final Pages pages;

    RunsResource(Services services, Pages pages) {
        this.services = services;
        this.pages = pages;
    }

    @GET
    public TemplateInstance runs(@QueryParam("after") @DefaultValue("") String after) {
        String path = "/runs?limit=" + PAGE + (after.isEmpty() ? "" : "&after=" + Services.encoded(after));
        Answer<RunView[]> answer = services.page(INGEST, path, RunView[].class);
        List<RunView> runs = Arrays.asList(answer.value());
        return pages.page("runs")
                .data("runs", runs)
                .data("first", after.isEmpty())
                .data("after", after)
                .data(
                        "next",
                        answer.next().isPresent()
                                ? runs.get(runs.size() - 1).runId().value()
                                : "")
                .data("held", held());
    }

    /** Which worker holds which run, where the worker can be asked. */
    private Map<String, Held> held() {
        return Held.by(worker());
    }

    private Optional<WorkerView> worker() {
        try {
            return services.find(TRAIN, "/worker", WorkerView.class);
        } catch (ServiceAwayException e) {
            return Optional.empty();
        }
    }
}
