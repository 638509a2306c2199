package athanor.ingest;

import athanor.appraisal.CutPreview;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.PeopleLook;
import athanor.shell.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The pictures of a run as a page shows them, from the moment of their upload. */
@Path("/runs")
@Blocking
@Tag(name = "preparation", description = "What became of the pictures of a run.")
public class PreviewsResource {

    private final RunRegister register;
    private final Drafts drafts;
    private final SmallPictures small;

    PreviewsResource(RunRegister register, Drafts drafts, SmallPictures small) {
        this.register = register;
        this.drafts = drafts;
        this.small = small;
    }

    @GET
    @Path("{id}/pictures/{fileName}/preview")
    @Produces("image/png")
    @Operation(
            summary = "A picture with what was seen in it",
            description =
                    "PNG of at most 640 pixels a side: the main person's face green, other faces orange, what somebody pointed"
                            + " out blue. What is trained of it is shown by /runs/{id}/preparation/{fileName}/preview, once it is known.")
    public byte[] preview(@PathParam("id") String id, @PathParam("fileName") String fileName) {
        RunCard card = register.card(id);
        AcceptedPicture picture = drafts.verdict(card.runId(), FileName.shown(fileName))
                .flatMap(verdict -> Optional.ofNullable(verdict.accepted()))
                .orElseThrow(() -> ProblemException.notFound(
                        "run '%s' has accepted no picture '%s'; GET /runs/%s/pictures lists what was uploaded"
                                .formatted(card.runId(), fileName, card.runId())));
        return CutPreview.seen(
                small.of(card.runId(), picture),
                Optional.ofNullable(picture.look())
                        .flatMap(look -> Optional.ofNullable(look.people()))
                        .map(PeopleLook::faces)
                        .orElse(List.of()),
                Optional.ofNullable(picture.regions()).orElse(List.of()));
    }
}
