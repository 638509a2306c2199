package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Pages;
import athanor.console.service.Services;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** A run as it goes on: each change of it as the parts of the page that change. */
@Path("/runs/{id}/live")
public class LiveResource {

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;
    private final Sse sse;

    LiveResource(Services services, RunPages runPages, Pages pages, Sse sse) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
        this.sse = sse;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@PathParam("id") String id) {
        RunId run = new RunId(id);
        Pages.Fragments fragments = pages.fragments();
        Services asked = services.inHisNameLater();
        Multi<String> changes = Multi.createFrom()
                .emitter(emitter -> asked.follow(INGEST, "/runs/%s/events".formatted(run), new EventLines(emitter)));
        return changes.onOverflow()
                .dropPreviousItems()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(json -> Json.read(json, RunView.class))
                .map(view -> event(
                        "head",
                        runPages.fill(fragments.of("run-head"), view, asked).render()));
    }

    private OutboundSseEvent event(String name, String data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, data)
                .build();
    }
}
