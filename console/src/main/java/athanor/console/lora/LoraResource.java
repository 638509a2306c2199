package athanor.console.lora;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.SAMPLE;

import athanor.console.page.Pages;
import athanor.console.run.RunPages;
import athanor.console.service.Services;
import athanor.contracts.Size;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.LoraView;
import athanor.contracts.rest.PicturesReport;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.SampleCheck;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleRequest.WishedLora;
import athanor.contracts.rest.SampleResponse;
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
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a LoRA is: what it was made with, what it can do, its files, and pictures on request. */
@Path("/runs/{id}/lora")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LoraResource {

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    LoraResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance passport(@PathParam("id") String id) {
        RunView run = runPages.run(id);
        Optional<LoraView> lora = Arrays.stream(services.get(INGEST, "/loras", LoraView[].class))
                .filter(view -> view.runId().equals(run.runId()))
                .findFirst();
        return runPages.fill(pages.page("lora"), run)
                .data("tab", "lora")
                .data("lora", lora.isPresent() ? lora.get() : "")
                .data(
                        "instance",
                        run.recipe() == null ? "" : run.recipe().subject().instancePrompt())
                .data(
                        "proof",
                        services.find(INGEST, "/runs/%s/proof".formatted(run.runId()), ProofRendered.class)
                                .map(Object.class::cast)
                                .orElse(""));
    }

    /** Those that it was shown, read from every picture of the run; a part of the page. */
    @GET
    @Path("framings")
    public TemplateInstance framings(@PathParam("id") String id) {
        PicturesReport report =
                services.get(INGEST, "/runs/%s/pictures/report".formatted(new RunId(id)), PicturesReport.class);
        return pages.page("framing-chips").data("framings", report.framings());
    }

    /** Draws, and says what the guards think of it; a part of the page. */
    @POST
    @Path("try")
    public TemplateInstance draw(
            @PathParam("id") String id,
            @FormParam("prompt") @DefaultValue("") String prompt,
            @FormParam("strength") @DefaultValue("1") String strength,
            @FormParam("size") @DefaultValue("") String size,
            @FormParam("step") @DefaultValue("") String step,
            @FormParam("seed") @DefaultValue("") String seed,
            @FormParam("count") @DefaultValue("1") int count) {
        SampleRequest request = request(id, prompt, strength, size, step, seed, count);
        return pages.page("drawn").data("drawn", services.post(SAMPLE, "/samples", request, SampleResponse.class));
    }

    /** What the guards say while somebody types; a part of the page. */
    @POST
    @Path("check")
    public TemplateInstance check(
            @PathParam("id") String id,
            @FormParam("prompt") @DefaultValue("") String prompt,
            @FormParam("strength") @DefaultValue("1") String strength,
            @FormParam("size") @DefaultValue("") String size,
            @FormParam("step") @DefaultValue("") String step) {
        SampleRequest request = request(id, prompt, strength, size, step, "", 1);
        return pages.page("guards").data("check", services.post(SAMPLE, "/samples/check", request, SampleCheck.class));
    }

    private SampleRequest request(
            String id, String prompt, String strength, String size, String step, String seed, int count) {
        Recipe recipe = recipe(id);
        WishedLora lora = new WishedLora(
                id,
                null,
                number(strength, "strength"),
                step.isBlank() ? null : whole(step, "step").intValue());
        return new SampleRequest(
                recipe.baseModel(),
                List.of(lora),
                recipe.subject().fill(prompt),
                null,
                seed.isBlank() ? null : whole(seed, "seed"),
                count,
                null,
                null,
                null,
                size.isBlank() ? null : Size.parse(size));
    }

    private Recipe recipe(String id) {
        Recipe recipe = runPages.run(new RunId(id).value()).recipe();
        if (recipe == null) {
            throw new IllegalArgumentException("the run '%s' tells no recipe".formatted(id));
        }
        return recipe;
    }

    private static Double number(String text, String field) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s wants a number such as 0.8, got '%s'".formatted(field, text), e);
        }
    }

    private static Long whole(String text, String field) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s wants a whole number, got '%s'".formatted(field, text), e);
        }
    }
}
