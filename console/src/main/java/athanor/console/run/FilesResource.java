package athanor.console.run;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.PREPROCESS;
import static athanor.console.service.ServiceName.SAMPLE;

import athanor.console.service.ServiceName;
import athanor.console.service.Services;
import athanor.contracts.run.RunId;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;

/** Pictures and files of the services, so that a page asks nobody but the console. */
@Path("/files")
@Blocking
public class FilesResource {

    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Content-Disposition", "Content-Length");
    /** What a checkpoint's sheet or a prepared picture shows never changes; an erased run's shall not stay for long. */
    private static final String A_WHILE = "private, max-age=600";

    private final Services services;

    FilesResource(Services services) {
        this.services = services;
    }

    @GET
    @Path("runs/{id}/lora")
    public Response lora(@PathParam("id") String id) {
        return as(INGEST, "/runs/%s/lora".formatted(new RunId(id)), 0);
    }

    @GET
    @Path("runs/{id}/card")
    public Response card(@PathParam("id") String id) {
        return as(INGEST, "/runs/%s/lora/card".formatted(new RunId(id)), 0);
    }

    @GET
    @Path("runs/{id}/sheet")
    public Response sheet(@PathParam("id") String id, @QueryParam("width") @DefaultValue("0") int width) {
        return as(INGEST, "/runs/%s/contact-sheet".formatted(new RunId(id)), width);
    }

    @GET
    @Path("runs/{id}/report")
    public Response report(@PathParam("id") String id) {
        return as(INGEST, "/runs/%s/report".formatted(new RunId(id)), 0);
    }

    @GET
    @Path("runs/{id}/proof/chart")
    public Response proofChart(@PathParam("id") String id, @QueryParam("width") @DefaultValue("0") int width) {
        return as(INGEST, "/runs/%s/proof/chart".formatted(new RunId(id)), width);
    }

    @GET
    @Path("runs/{id}/proof/page")
    public Response proofPage(@PathParam("id") String id) {
        return as(INGEST, "/runs/%s/proof/page".formatted(new RunId(id)), 0);
    }

    @GET
    @Path("runs/{id}/checkpoints/{step}/{what:lora|sheet}")
    public Response checkpoint(
            @PathParam("id") String id,
            @PathParam("step") int step,
            @PathParam("what") String what,
            @QueryParam("width") @DefaultValue("0") int width) {
        String file = what.equals("lora") ? what : "contact-sheet";
        return as(INGEST, "/runs/%s/checkpoints/%d/%s".formatted(new RunId(id), step, file), width);
    }

    @GET
    @Path("runs/{id}/pictures/{name}/{what:preview|trained}")
    public Response picture(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @PathParam("what") String what,
            @QueryParam("width") @DefaultValue("0") int width) {
        return as(
                PREPROCESS, "/runs/%s/preparation/%s/%s".formatted(new RunId(id), Services.encoded(name), what), width);
    }

    /** Once through the autoencoder of its base, which then has to be loaded. */
    @GET
    @Path("runs/{id}/pictures/{name}/as-the-model-sees-it")
    public Response asTheModelSeesIt(@PathParam("id") String id, @PathParam("name") String name) {
        return as(
                SAMPLE,
                "/runs/%s/preparation/%s/as-the-model-sees-it".formatted(new RunId(id), Services.encoded(name)),
                0);
    }

    /** As it was uploaded, with what was seen in it. */
    @GET
    @Path("runs/{id}/pictures/{name}/seen")
    public Response seen(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @QueryParam("width") @DefaultValue("0") int width) {
        return as(INGEST, "/runs/%s/pictures/%s/preview".formatted(new RunId(id), Services.encoded(name)), width);
    }

    @GET
    @Path("samples/{key:.+}")
    public Response sample(@PathParam("key") String key, @QueryParam("width") @DefaultValue("0") int width) {
        return as(SAMPLE, "/pictures/" + Services.encoded(key).replace("%2F", "/"), width);
    }

    private Response as(ServiceName service, String path, int width) {
        HttpResponse<InputStream> answer = services.open(service, path);
        if (width > 0) {
            return thumbnail(answer, width);
        }
        Response.ResponseBuilder response = Response.ok(answer.body()).header("Cache-Control", A_WHILE);
        KEPT_HEADERS.forEach(
                name -> answer.headers().firstValue(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }

    private static Response thumbnail(HttpResponse<InputStream> answer, int width) {
        try (InputStream picture = answer.body()) {
            return Response.ok(Thumbnail.of(picture, width))
                    .type("image/png")
                    .header("Cache-Control", A_WHILE)
                    .build();
        } catch (IOException e) {
            throw new IllegalArgumentException("the picture at %s cannot be read".formatted(answer.uri()), e);
        }
    }
}
