package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Pages;
import athanor.console.service.Services;
import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.RunErasure;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One run: how it goes, and what can be asked of it. */
@Path("/runs/{id}")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RunResource {

    private static final int ROWS = 50;

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    RunResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance run(@PathParam("id") String id) {
        RunView run = runPages.run(id);
        return runPages.fill(pages.page("run"), run).data("tab", "run").data("checkpoints", checkpoints(run.runId()));
    }

    /** The newest first, as one looks at them. */
    private List<CheckpointView> checkpoints(RunId run) {
        return Arrays.stream(services.get(INGEST, "/runs/%s/checkpoints".formatted(run), CheckpointView[].class))
                .sorted(Comparator.comparingInt(CheckpointView::step).reversed())
                .toList();
    }

    @GET
    @Path("checkpoints")
    public TemplateInstance strip(@PathParam("id") String id) {
        RunId run = new RunId(id);
        return pages.page("checkpoints").data("id", id).data("checkpoints", checkpoints(run));
    }

    /** For the chart: a list for each of its lines. */
    @GET
    @Path("losses")
    @Produces(MediaType.APPLICATION_JSON)
    public String losses(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") int after) {
        return LossLines.json(steps(id, after));
    }

    @GET
    @Path("losses/table")
    public TemplateInstance lossTable(@PathParam("id") String id) {
        return pages.page("losses").data("rows", LossLines.some(steps(id, 0), ROWS));
    }

    private List<TrainedStep> steps(String id, int after) {
        return Arrays.asList(services.get(
                INGEST, "/runs/%s/progress?after=%d".formatted(new RunId(id), after), TrainedStep[].class));
    }

    @POST
    @Path("commands/{command}")
    public Response command(@PathParam("id") String id, @PathParam("command") String command) {
        RunId run = new RunId(id);
        services.post(
                INGEST, "/runs/%s/commands/%s".formatted(run, Services.encoded(command)), new byte[0], RunView.class);
        return back(run);
    }

    @POST
    @Path("cancel")
    public Response cancel(@PathParam("id") String id) {
        RunId run = new RunId(id);
        services.send(INGEST, "DELETE", "/runs/" + run, BodyPublishers.noBody(), Map.of(), RunView.class);
        return back(run);
    }

    /** Of the page that asks first. */
    @GET
    @Path("delete")
    public TemplateInstance beforeDelete(@PathParam("id") String id) {
        return runPages.fill(pages.page("delete"), runPages.run(id)).data("tab", "");
    }

    @POST
    @Path("delete")
    public Response delete(@PathParam("id") String id, @FormParam("sure") @DefaultValue("") String sure) {
        RunId run = new RunId(id);
        if (!sure.equals(run.value())) {
            throw new IllegalArgumentException(
                    "type the id of the run, %s, to erase it; got '%s'".formatted(run, sure));
        }
        services.send(
                INGEST,
                "DELETE",
                "/runs/%s?everything=true".formatted(run),
                BodyPublishers.noBody(),
                Map.of(),
                RunErasure.class);
        return Response.seeOther(URI.create("/runs")).build();
    }

    private static Response back(RunId run) {
        return Response.seeOther(URI.create("/runs/" + run)).build();
    }
}
