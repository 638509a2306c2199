package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.DryRun;
import athanor.contracts.rest.NewRun;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.shell.FirstAnswers;
import athanor.shell.ProblemException;
import athanor.shell.TenantRuns;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;

/** Opening a run, starting it, and looking at it. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {

    static final String SENT_AGAIN =
            "The same request with the same key is done once; its answer comes again, with Idempotency-Replayed: true.";

    private static final int LARGEST_PAGE = 500;

    private final BaseModels bases;
    private final RunBoard board;
    private final RunRegister register;
    private final OpenRun openRun;
    private final CloneRun cloneRun;
    private final StartRun startRun;
    private final TryRun tryRun;
    private final FirstAnswers firstAnswers;
    private final TenantRuns tenantRuns;

    RunsResource(
            BaseModels bases,
            RunBoard board,
            RunRegister register,
            OpenRun openRun,
            CloneRun cloneRun,
            StartRun startRun,
            TryRun tryRun,
            FirstAnswers firstAnswers,
            TenantRuns tenantRuns) {
        this.tenantRuns = tenantRuns;
        this.tryRun = tryRun;
        this.bases = bases;
        this.board = board;
        this.register = register;
        this.openRun = openRun;
        this.cloneRun = cloneRun;
        this.startRun = startRun;
        this.firstAnswers = firstAnswers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Open a run",
            description =
                    "It waits for pictures until it is started. With cloneOf it begins with the accepted pictures of"
                            + " another run, and the recipe says only what shall differ from that run's.")
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "cloneOf",
                                                        type = SchemaType.STRING,
                                                        description = "id of a run whose accepted pictures this one"
                                                                + " begins with"),
                                                @SchemaProperty(
                                                        name = "name",
                                                        type = SchemaType.STRING,
                                                        examples = "Anna"),
                                                @SchemaProperty(
                                                        name = "preset",
                                                        implementation = Preset.class,
                                                        description = "what the recipe is laid over instead of the"
                                                                + " defaults"),
                                                @SchemaProperty(
                                                        name = "recipe",
                                                        implementation = Recipe.class,
                                                        description = "may be partial; the rest are the defaults of"
                                                                + " baseModel (\"tiny\" when it is left out)")
                                            })))
    @Parameter(name = FirstAnswers.HEADER, in = ParameterIn.HEADER, description = SENT_AGAIN)
    @APIResponseSchema(value = RunView.class, responseCode = "201")
    @APIResponse(
            responseCode = "200",
            description = "With dryRun=true: what opening the run would come to",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DryRun.class)))
    public RestResponse<Object> open(
            byte[] body,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Parameter(
                            description = "true opens nothing and answers 200 with the plan, the time, the place in the"
                                    + " line and the recipe as it would take effect")
                    boolean dryRun,
            @Context RoutingContext request) {
        NewRun wish = wish(body);
        return dryRun
                ? RestResponse.ok(discreet(tried(wish)))
                : firstAnswers.once(
                        request.request(), () -> new String(body, StandardCharsets.UTF_8), () -> opened(wish));
    }

    private static NewRun wish(byte[] body) {
        NewRun wish = Json.readStrictly(body, NewRun.class);
        if (wish.cloneOf() != null && wish.preset() != null) {
            throw ProblemException.badRequest(
                    "cloneOf and preset are there; the recipe of the run that is cloned, or that of"
                            + " the preset: send one of them");
        }
        return wish;
    }

    private DryRun tried(NewRun wish) {
        if (wish.cloneOf() == null) {
            named(wish);
            return tryRun.of(possible(WishedRecipe.of(wish, openRun::nativeSide)), null);
        }
        RunId cloned = seen(wish.cloneOf());
        Draft before = register.draft(cloned);
        return tryRun.of(possible(WishedRecipe.of(wish, before.recipe())), cloned);
    }

    private RestResponse<Object> opened(NewRun wish) {
        Draft draft = wish.cloneOf() == null ? fresh(wish) : clone(wish, seen(wish.cloneOf()));
        tenantRuns.own(draft.runId());
        return RestResponse.ResponseBuilder.<Object>create(RestResponse.Status.CREATED)
                .entity(register.view(draft.runId().value()))
                .location(URI.create("/runs/" + draft.runId()))
                .build();
    }

    private RunId seen(String id) {
        RunId run = register.card(id).runId();
        if (!tenantRuns.sees(run)) {
            throw ProblemException.unknownRun(run);
        }
        return run;
    }

    private Draft fresh(NewRun wish) {
        return openRun.with(named(wish), possible(WishedRecipe.of(wish, openRun::nativeSide)));
    }

    private static String named(NewRun wish) {
        if (wish.name() == null || wish.name().isBlank()) {
            throw ProblemException.badRequest("a run needs a name: {\"name\": \"Anna\", \"recipe\": {...}}");
        }
        return wish.name().strip();
    }

    private Draft clone(NewRun wish, RunId cloned) {
        Draft before = register.draft(cloned);
        String name = wish.name() == null || wish.name().isBlank()
                ? before.name()
                : wish.name().strip();
        return cloneRun.of(cloned, name, possible(WishedRecipe.of(wish, before.recipe())))
                .orElseThrow(() -> ProblemException.unusable(
                        "run '%s' has accepted no pictures that another run could begin with".formatted(cloned)));
    }

    private Recipe possible(Recipe recipe) {
        bases.refuse(recipe.baseModel()).or(recipe::contradiction).ifPresent(sentence -> {
            throw ProblemException.unusable(sentence);
        });
        return recipe;
    }

    @GET
    @Operation(
            summary = "The runs, newest first, a page at a time",
            description = "The Link header leads to the next page; without one this is the last.")
    public RestResponse<List<RunView>> page(
            @QueryParam("limit") @DefaultValue("100") int limit, @QueryParam("after") @DefaultValue("") String after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemException.badRequest("limit must be 1 to %d, got %d".formatted(LARGEST_PAGE, limit));
        }
        List<RunCard> all = board.all().stream()
                .filter(card -> tenantRuns.sees(card.runId()))
                .toList();
        int from = after.isEmpty() ? 0 : indexOf(new RunId(after), all) + 1;
        List<RunCard> page = all.subList(from, Math.min(all.size(), from + limit));
        RestResponse.ResponseBuilder<List<RunView>> answer = RestResponse.ResponseBuilder.ok(
                page.stream().map(RunCard::view).map(this::discreet).toList());
        if (from + limit < all.size()) {
            RunId last = page.get(page.size() - 1).runId();
            answer.header("Link", "</runs?limit=%d&after=%s>; rel=\"next\"".formatted(limit, last));
        }
        return answer.build();
    }

    private static int indexOf(RunId run, List<RunCard> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).runId().equals(run)) {
                return i;
            }
        }
        throw ProblemException.unknownRun(run);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One run: state, history, recipe, progress, and what it left behind")
    public RunView one(@PathParam("id") String id) {
        return discreet(register.view(id));
    }

    private RunView discreet(RunView view) {
        return view.waitsFor() == null ? view : view.waitingFor(tenantRuns.discreet(view.waitsFor()));
    }

    private DryRun discreet(DryRun answer) {
        return answer.behind(
                answer.queue().behind().stream().map(tenantRuns::discreet).toList());
    }

    @POST
    @Path("{id}/start")
    @Operation(summary = "Close the list of pictures and start", description = "A second time changes nothing.")
    @Parameter(name = FirstAnswers.HEADER, in = ParameterIn.HEADER, description = SENT_AGAIN)
    @APIResponseSchema(value = RunView.class, responseCode = "202")
    public RestResponse<RunView> start(@PathParam("id") String id, @Context RoutingContext request) {
        return firstAnswers.once(request.request(), () -> "", () -> started(id));
    }

    private RestResponse<RunView> started(String id) {
        Draft draft = register.draft(new RunId(id));
        if (register.card(id).state().over()) {
            throw ProblemException.conflict("run '%s' is over; open a new one".formatted(id));
        }
        startRun.from(draft).ifPresent(refusal -> {
            throw ProblemException.unusable(refusal);
        });
        return RestResponse.status(RestResponse.Status.ACCEPTED, register.view(id));
    }
}
