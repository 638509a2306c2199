package athanor.ingest;

import athanor.appraisal.AppraiseSet;
import athanor.appraisal.Judged;
import athanor.appraisal.Sentences;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import athanor.contracts.run.RunId;
import athanor.plan.captions.CaptionLint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What is known of a run's pictures. */
@Path("/runs/{id}/pictures")
@Produces(MediaType.APPLICATION_JSON)
public class PicturesResource {

    private final Drafts drafts;
    private final RunRegister register;

    PicturesResource(Drafts drafts, RunRegister register) {
        this.drafts = drafts;
        this.register = register;
    }

    @GET
    @Operation(
            summary = "The verdict on each upload",
            description =
                    "With findings, measures and who is in it. Sentences are English, or Chinese if Accept-Language says zh.")
    public List<PictureView> pictures(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return set(drafts.verdicts(register.card(id).runId()), language).pictures();
    }

    @GET
    @Path("report")
    @Operation(
            summary = "The set as a whole",
            description =
                    "Counts, resolutions, framings, pictures that show the same, what to know of the captions, and what to do next in"
                            + " order of gain.")
    public PicturesReport report(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        RunId run = register.card(id).runId();
        // Pictures of the class are no part of what is said of the subject's.
        List<PictureVerdict> verdicts = drafts.verdicts(run).stream()
                .filter(verdict -> !AcceptedPicture.isOfTheClass(verdict.fileName()))
                .toList();
        return set(verdicts, language).report().andOfCaptions(ofCaptions(run, verdicts));
    }

    private List<String> ofCaptions(RunId run, List<PictureVerdict> verdicts) {
        Map<String, String> captions = new LinkedHashMap<>();
        verdicts.stream().flatMap(verdict -> verdict.used().stream()).forEach(picture -> {
            if (picture.caption() != null) {
                captions.put(picture.fileName(), picture.caption());
            }
        });
        String trigger = drafts.find(run)
                .map(draft -> draft.recipe().subject().trigger())
                .orElse(null);
        List<String> sentences = new ArrayList<>(CaptionLint.warnings(List.copyOf(captions.values()), trigger));
        sentences.addAll(CaptionLint.certainlyTooLong(captions));
        return sentences;
    }

    private static AppraiseSet set(List<PictureVerdict> verdicts, @Nullable String language) {
        List<Judged> pictures = verdicts.stream().map(Judged::of).toList();
        return new AppraiseSet(pictures, Sentences.asked(language));
    }
}
