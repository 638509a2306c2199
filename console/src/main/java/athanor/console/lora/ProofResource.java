package athanor.console.lora;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Pages;
import athanor.console.run.RunPages;
import athanor.console.service.Services;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.rest.RunView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** What was measured of a LoRA: each checkpoint at each strength, and what is recommended. */
@Path("/runs/{id}/proof")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ProofResource {

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    ProofResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance proof(@PathParam("id") String id) {
        RunView run = runPages.run(id);
        Optional<ProofRendered> proof =
                services.find(INGEST, "/runs/%s/proof".formatted(run.runId()), ProofRendered.class);
        return runPages.fill(pages.page("proof"), run)
                .data("tab", "proof")
                .data("proof", proof.isPresent() ? proof.get() : "");
    }
}
