package athanor.console.pictures;

import static athanor.console.service.ServiceName.INGEST;
import static athanor.console.service.ServiceName.PREPROCESS;

import athanor.console.page.Pages;
import athanor.console.service.ServiceAwayException;
import athanor.console.service.Services;
import athanor.contracts.recipe.Preset;
import athanor.contracts.rest.ChoiceView;
import athanor.contracts.rest.NewRun;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opening a run, or another one with the pictures of a run that was. */
@Path("/new")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class NewRunResource {

    private final Services services;
    private final Pages pages;

    NewRunResource(Services services, Pages pages) {
        this.services = services;
        this.pages = pages;
    }

    @GET
    public TemplateInstance form(@QueryParam("clone") @DefaultValue("") String clone) {
        TemplateInstance page = pages.page("new")
                .data("clone", clone)
                .data("presets", Preset.values())
                .data("choices", choices());
        return clone.isEmpty()
                ? page.data("of", "")
                : page.data("of", services.get(INGEST, "/runs/" + new RunId(clone), RunView.class));
    }

    /** What each way of learning costs is said by who measured it; without that a run can be opened too. */
    private List<ChoiceView> choices() {
        try {
            return List.of(services.get(PREPROCESS, "/choices", ChoiceView[].class));
        } catch (ServiceAwayException e) {
            return List.of();
        }
    }

    @POST
    public Response open(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("base") @DefaultValue("") String base,
            @FormParam("trigger") @DefaultValue("") String trigger,
            @FormParam("noun") @DefaultValue("") String noun,
            @FormParam("preset") @DefaultValue("") String preset,
            @FormParam("way") @DefaultValue("") String way,
            @FormParam("settings") @DefaultValue("") String settings,
            @FormParam("clone") @DefaultValue("") String clone) {
        NewRun wish = new NewRun(
                name,
                WishedRecipe.of(base, trigger, noun, way(way), settings),
                clone.isEmpty() ? null : clone,
                preset.isEmpty() ? null : Preset.valueOf(preset));
        RunView opened = services.post(INGEST, "/runs", wish, RunView.class);
        return Response.seeOther(URI.create("/runs/%s/pictures".formatted(opened.runId())))
                .build();
    }

    /** @param place among the ways that the form offered; empty leaves it to base and subject */
    private @Nullable ChoiceView way(String place) {
        if (place.isEmpty()) {
            return null;
        }
        ChoiceView[] ways = services.get(PREPROCESS, "/choices", ChoiceView[].class);
        int at = place.matches("\\d{1,4}") ? Integer.parseInt(place) : ways.length;
        if (at >= ways.length) {
            throw new IllegalArgumentException(
                    "there is no way of learning number '%s'; open the page anew and choose again".formatted(place));
        }
        return ways[at];
    }
}
