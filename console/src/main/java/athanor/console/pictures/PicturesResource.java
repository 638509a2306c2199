package athanor.console.pictures;

import static athanor.console.service.ServiceName.INGEST;

import athanor.console.page.Page;
import athanor.console.page.Pages;
import athanor.console.run.RunPages;
import athanor.console.service.Services;
import athanor.contracts.json.Json;
import athanor.contracts.rest.PictureCorrection;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReceived;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pictures of a run: giving them, and what is known of each. */
@Path("/runs/{id}/pictures")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PicturesResource {

    private static final int PAGE = 24;

    /** How long the page waits before it comes without its pictures, which then follow. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private final Services services;
    private final RunPages runPages;
    private final Pages pages;

    PicturesResource(Services services, RunPages runPages, Pages pages) {
        this.services = services;
        this.runPages = runPages;
        this.pages = pages;
    }

    @GET
    public TemplateInstance pictures(
            @PathParam("id") String id,
            @QueryParam("page") @DefaultValue("1") int number,
            @QueryParam("only") @DefaultValue("") String only) {
        AskedSet asked = AskedSet.of(new RunId(id), services, pages.language());
        RunView run = runPages.run(id);
        TemplateInstance page = runPages.fill(pages.page("pictures"), run)
                .data("tab", "pictures")
                .data("open", run.state() instanceof RunState.Requested)
                .data("only", only)
                .data("number", number);
        boolean there = asked.answeredWithin(PATIENCE);
        return there ? fill(page, run, asked, number, only).data("there", true) : page.data("there", false);
    }

    /** What takes longer the more pictures there are; a part of the page. */
    @GET
    @Path("set")
    public TemplateInstance set(
            @PathParam("id") String id,
            @QueryParam("page") @DefaultValue("1") int number,
            @QueryParam("only") @DefaultValue("") String only) {
        AskedSet asked = AskedSet.of(new RunId(id), services, pages.language());
        RunView run = runPages.run(id);
        TemplateInstance part = pages.page("picture-set")
                .data("id", run.runId().value())
                .data("open", run.state() instanceof RunState.Requested)
                .data("only", only);
        return fill(part, run, asked, number, only);
    }

    private static TemplateInstance fill(TemplateInstance page, RunView run, AskedSet asked, int number, String only) {
        List<PictureView> all = asked.pictures();
        List<PictureView> wanted = only.equals("findings")
                ? all.stream().filter(picture -> !picture.findings().isEmpty()).toList()
                : all;
        return page.data("page", Page.of(cards(run, wanted), number, PAGE)).data("report", asked.report());
    }

    private static List<PictureCard> cards(RunView run, List<PictureView> pictures) {
        boolean open = run.state() instanceof RunState.Requested;
        boolean prepared = isPrepared(run.state());
        return pictures.stream()
                .map(picture -> new PictureCard(picture, run.runId().value(), open, prepared))
                .toList();
    }

    /** Before that nobody has looked which part of a picture is trained. */
    private static boolean isPrepared(RunState state) {
        return state.rank() > new RunState.Preparing().rank() && !(state instanceof RunState.Erased);
    }

    /** As the browser sends it, so that this process holds no picture. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(@PathParam("id") String id, @HeaderParam("Content-Type") String type, InputStream body) {
        RunId run = new RunId(id);
        services.send(
                INGEST,
                "POST",
                "/runs/%s/pictures".formatted(run),
                BodyPublishers.ofInputStream(() -> body),
                Map.of("Content-Type", type),
                PicturesReceived.class);
        return back(run);
    }

    @POST
    @Path("{name}/caption")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance caption(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @FormParam("caption") @DefaultValue("") String caption) {
        PictureView picture = services.send(
                INGEST,
                "PUT",
                "/runs/%s/pictures/%s/caption".formatted(new RunId(id), Services.encoded(name)),
                BodyPublishers.ofString(caption),
                Map.of(
                        "Content-Type",
                        "text/plain",
                        "Accept-Language",
                        pages.language().code()),
                PictureView.class);
        return pages.page("caption")
                .data("picture", picture)
                .data("id", id)
                .data("open", true)
                .data("saved", true);
    }

    /** Leaves it out or takes it back, or says how it shows the person and where the head is; a part of the page. */
    @POST
    @Path("{name}/correction")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance correct(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @FormParam("used") @Nullable String used,
            @FormParam("framing") @Nullable String framing,
            @FormParam("regions") @Nullable String regions) {
        RunId run = new RunId(id);
        PictureCorrection correction =
                new PictureCorrection(used == null ? null : Boolean.valueOf(used), framing, regions);
        PictureView picture = services.send(
                INGEST,
                "PATCH",
                "/runs/%s/pictures/%s".formatted(run, Services.encoded(name)),
                BodyPublishers.ofByteArray(Json.bytes(correction)),
                Map.of(
                        "Content-Type",
                        "application/merge-patch+json",
                        "Accept-Language",
                        pages.language().code()),
                PictureView.class);
        return pages.page("picture")
                .data("card", new PictureCard(picture, run.value(), true, false))
                .data("saved", true);
    }

    private static Response back(RunId run) {
        return Response.seeOther(URI.create("/runs/%s/pictures".formatted(run))).build();
    }
}
