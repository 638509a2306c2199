package athanor.console.lora;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.SAMPLE;

import athanor.console.page.Pages;
import athanor.console.run.RunPages;
import athanor.console.service.Services;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleRequest.WishedLora;
import athanor.contracts.rest.SampleResponse;
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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Which checkpoint and strength somebody likes best, when nothing tells them which is which: the same prompt and seed by two of
 * them. The votes travel with the form; nothing is kept.
 */
@Path("/runs/{id}/proof/vote")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class VoteResource {

    private static final int SEEDS = 1_000_000;
    private static final String END = "end";

    private final SecureRandom random = new SecureRandom();
    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    VoteResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    /**
     * A picture to choose.
     *
     * @param word what its button says
     * @param pick what its button sends
     */
    public record Side(String key, String word, String pick) {}

    @GET
    public TemplateInstance vote(@PathParam("id") String id) {
        return runPages.fill(pages.page("vote"), runPages.run(id)).data("tab", "proof");
    }

    @GET
    @Path("round")
    public TemplateInstance first(@PathParam("id") String id) {
        return round(runPages.run(id), List.of());
    }

    @POST
    @Path("round")
    public TemplateInstance next(
            @PathParam("id") String id,
            @FormParam("votes") List<String> before,
            @FormParam("left") @DefaultValue("") String left,
            @FormParam("right") @DefaultValue("") String right,
            @FormParam("pick") @DefaultValue("") String pick) {
        List<Ballot> votes = new ArrayList<>(before.stream().map(Ballot::parse).toList());
        RunView run = runPages.run(id);
        if (pick.equals(END)) {
            return pages.page("vote-result").data("id", id).data("tally", Ballot.tally(proof(run), votes));
        }
        votes.add(new Ballot(
                Candidate.parse(left), Candidate.parse(right), pick.isEmpty() ? null : Candidate.parse(pick)));
        return round(run, votes);
    }

    private TemplateInstance round(RunView run, List<Ballot> votes) {
        Recipe recipe = run.recipe();
        if (recipe == null) {
            throw new IllegalArgumentException("the run '%s' tells no recipe".formatted(run.runId()));
        }
        ProofRendered proof = proof(run);
        if (proof.trials().size() < 2) {
            return pages.page("vote-one");
        }
        Ballot ballot = Ballot.drawn(proof, random);
        long seed = random.nextInt(SEEDS);
        String prompt = recipe.subject().instancePrompt();
        return pages.page("vote-round")
                .data("id", run.runId().value())
                .data("votes", votes)
                .data("prompt", prompt)
                .data("left", ballot.left())
                .data("right", ballot.right())
                .data(
                        "sides",
                        List.of(
                                new Side(
                                        picture(run, recipe, ballot.left(), prompt, seed),
                                        "left_picture",
                                        ballot.left().toString()),
                                new Side(
                                        picture(run, recipe, ballot.right(), prompt, seed),
                                        "right_picture",
                                        ballot.right().toString())));
    }

    /** @return its key in the store */
    private String picture(RunView run, Recipe recipe, Candidate candidate, String prompt, long seed) {
        WishedLora lora = new WishedLora(run.runId().value(), null, candidate.strength(), candidate.step());
        SampleRequest request =
                new SampleRequest(recipe.baseModel(), List.of(lora), prompt, null, seed, 1, null, null, null, null);
        return services.post(SAMPLE, "/samples", request, SampleResponse.class)
                .samples()
                .get(0)
                .picture()
                .key();
    }

    private ProofRendered proof(RunView run) {
        return services.get(INGEST, "/runs/%s/proof".formatted(run.runId()), ProofRendered.class);
    }
}
