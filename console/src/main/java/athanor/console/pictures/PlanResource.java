package athanor.console.pictures;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.PREPROCESS;

import athanor.console.page.Page;
import athanor.console.page.Pages;
import athanor.console.run.RecipeDifference;
import athanor.console.run.RunPages;
import athanor.console.service.ServiceAddresses;
import athanor.console.service.Services;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a training would take and keep, each picture as the model sees it, and the start. */
@Path("/runs/{id}/plan")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PlanResource {

    private static final int PAGE = 24;

    private final Services services;
    private final ServiceAddresses addresses;
    private final RunPages runPages;
    private final Pages pages;

    PlanResource(Services services, ServiceAddresses addresses, RunPages runPages, Pages pages) {
        this.services = services;
        this.addresses = addresses;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance plan(@PathParam("id") String id, @QueryParam("page") @DefaultValue("1") int number) {
        RunView run = runPages.run(id);
        Optional<RunPreparation> prepared =
                services.find(PREPROCESS, "/runs/%s/preparation".formatted(run.runId()), RunPreparation.class);
        Recipe recipe = run.recipe();
        return runPages.fill(pages.page("plan"), run)
                .data("tab", "plan")
                .data("open", run.state() instanceof RunState.Requested)
                .data("preparation", prepared.isPresent() ? prepared.get() : "")
                .data("page", Page.of(prepared.map(RunPreparation::pictures).orElse(List.of()), number, PAGE))
                .data("recipe", recipe == null ? "" : Json.pretty(recipe))
                .data("changes", recipe == null ? List.of() : RecipeDifference.fromDefaults(recipe))
                .data("curl", "curl -X POST %s/runs/%s/start".formatted(addresses.ingest(), run.runId()))
                .data("event", recipe == null ? "" : EventText.of(run, recipe));
    }

    /** A plan for a card, before anything is spent; a part of the page. */
    @GET
    @Path("card")
    public TemplateInstance card(
            @PathParam("id") String id, @QueryParam("memory") @DefaultValue("8GiB") String memory) {
        RunView run = runPages.run(id);
        Recipe recipe = run.recipe();
        if (recipe == null) {
            throw new IllegalArgumentException("the run tells no recipe");
        }
        List<PlanRequest.Picture> pictures = Arrays.stream(
                        services.get(INGEST, "/runs/%s/pictures".formatted(run.runId()), PictureView[].class))
                .filter(PictureView::accepted)
                .flatMap(picture -> PlannedPicture.of(picture).stream())
                .toList();
        PlanRequest request = new PlanRequest(
                recipe.baseModel(),
                null,
                memory,
                null,
                recipe.training().batchSize(),
                recipe.network().rank(),
                recipe.prior().mode(),
                recipe.network().targets(),
                recipe.network().textEncoder(),
                recipe.training().captionTagDropout(),
                recipe.training().gradientAccumulation(),
                null,
                recipe.training().steps(),
                null,
                pictures);
        return pages.page("plan-card").data("plan", services.post(PREPROCESS, "/plans", request, PlanView.class));
    }

    @POST
    public Response start(@PathParam("id") String id) {
        RunId run = new RunId(id);
        services.post(INGEST, "/runs/%s/start".formatted(run), new byte[0], RunView.class);
        return Response.seeOther(URI.create("/runs/" + run)).build();
    }
}
