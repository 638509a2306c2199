package athanor.ingest;

import athanor.appraisal.AppraiseSet;
import athanor.appraisal.Judged;
import athanor.appraisal.Sentences;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.CaptionText;
import athanor.contracts.json.Json;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.Region;
import athanor.contracts.rest.PictureCorrection;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.rest.PictureView;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import athanor.shell.RunLog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Giving a run one picture, and saying what its owner knows better than whoever looked at it. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
public class PictureResource {

    /** RFC 7396. */
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final RunRegister register;
    private final AcceptPicture acceptPicture;
    private final UploadQueue uploads;

    PictureResource(RunRegister register, AcceptPicture acceptPicture, UploadQueue uploads) {
        this.register = register;
        this.acceptPicture = acceptPicture;
        this.uploads = uploads;
    }

    @PUT
    @Path("{id}/pictures/{fileName}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Upload one picture",
            description =
                    "The body is the file as it is. 200 with the accepted picture, or 422 with the reason. A picture whose name"
                            + " begins with class-pictures/ is another one of the class: such pictures replace those that the base"
                            + " would render, or are the bodies of prior.mode TRANSPLANT.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<PictureView> upload(
            @PathParam("id") String id,
            @PathParam("fileName") String fileName,
            @QueryParam("caption") @DefaultValue("") String caption,
            @Parameter(
                            description =
                                    "What is pointed out in it, in shares of the picture: head 0.41 0.10 0.18 0.22 (kind, left,"
                                            + " top, width, height; head is from crown to chin, subject all that shall be learnt);"
                                            + " several divided by semicolons")
                    @QueryParam("regions")
                    @DefaultValue("")
                    String regions,
            @Parameter(
                            description =
                                    "How it shows the person, where its owner says it: close_up, half, cowboy, full, wide")
                    @QueryParam("framing")
                    @DefaultValue("")
                    String framing,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language,
            @Context RoutingContext request) {
        ReceivedFile file = ReceiveUploads.of(request)
                .orElseThrow(() -> ProblemException.badRequest("the picture has to be the body of a PUT"));
        return uploads.next(() -> {
            try (file) {
                Beside beside = new Beside(
                        caption(caption), regions(regions), framing(framing).orElse(null));
                return view(accept(id, FileName.shown(fileName), beside, file), language);
            }
        });
    }

    private static List<Region> regions(String given) {
        try {
            return Region.parse(given);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** By itself: what a picture is to others is told with all of them. */
    private static PictureView view(PictureVerdict verdict, @Nullable String language) {
        return new AppraiseSet(List.of(Judged.of(verdict)), Sentences.asked(language))
                .pictures()
                .get(0);
    }

    private PictureVerdict accept(String id, String name, Beside beside, ReceivedFile file) {
        Draft draft = register.open(id);
        PictureVerdict verdict =
                RunLog.about(draft.runId(), () -> acceptPicture.from(draft, name, beside, file.path()));
        if (verdict.reason() != null) {
            throw ProblemException.unusable("'%s': %s".formatted(name, verdict.reason()));
        }
        return verdict;
    }

    @PUT
    @Path("{id}/pictures/{fileName}/caption")
    @Consumes(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "Say what a picture shows",
            description =
                    "The body is the caption as UTF-8 text, or as its mark at the beginning says, of at most 100,000"
                            + " characters; an empty one takes the caption away.")
    public PictureView caption(
            @PathParam("id") String id,
            @PathParam("fileName") String fileName,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language,
            byte[] body) {
        RunId run = register.open(id).runId();
        String name = FileName.shown(fileName);
        String words = words(body);
        return found(id, name, () -> acceptPicture.caption(run, name, words), language);
    }

    private static @Nullable String words(byte[] body) {
        try {
            return CaptionText.in(body).map(PictureResource::caption).orElse(null);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the caption " + e.getMessage());
        }
    }

    static @Nullable String caption(String given) {
        // UTF-16 that was taken for UTF-8 has a zero beside each letter.
        if (given.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("the caption holds zeros and is no UTF-8 text; send it as UTF-8");
        }
        Captions.refuse(given).ifPresent(reason -> {
            throw ProblemException.unusable("the caption " + reason);
        });
        return given.isBlank() ? null : given.strip();
    }

    @PATCH
    @Path("{id}/pictures/{fileName}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Correct what is known of a picture",
            description =
                    "Leave it out or take it back (used), say how it shows the person (framing) or where the head is (regions),"
                            + " as long as the run has not started. What is absent stays as it is; an empty text takes back what was said.")
    @RequestBody(content = @Content(schema = @Schema(implementation = PictureCorrection.class)))
    public PictureView correct(
            @PathParam("id") String id,
            @PathParam("fileName") String fileName,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language,
            byte[] body) {
        RunId run = register.open(id).runId();
        String name = FileName.shown(fileName);
        PictureCorrection said = Json.readStrictly(body, PictureCorrection.class);
        Optional<Framing> framing = framing(said.framing());
        List<Region> regions = regions(said.regions() == null ? "" : said.regions());
        return found(
                id,
                name,
                () -> acceptPicture.correct(run, name, verdict -> {
                    AcceptedPicture picture = Objects.requireNonNull(verdict.accepted());
                    if (said.framing() != null) {
                        picture = picture.framedAs(framing.orElse(null));
                    }
                    if (said.regions() != null) {
                        picture = picture.with(regions.isEmpty() ? null : regions);
                    }
                    boolean used = said.used() == null ? verdict.used().isPresent() : said.used();
                    return used ? PictureVerdict.accepted(picture) : PictureVerdict.leftOut(picture);
                }),
                language);
    }

    private static PictureView found(
            String id, String name, Supplier<Optional<PictureVerdict>> verdict, @Nullable String language) {
        return verdict.get()
                .map(made -> view(made, language))
                .orElseThrow(() -> ProblemException.notFound(
                        "run '%s' has no picture '%s'; upload it before what is said of it".formatted(id, name)));
    }

    /** Empty where it takes back what was said. */
    private static Optional<Framing> framing(@Nullable String said) {
        if (said == null || said.isBlank()) {
            return Optional.empty();
        }
        String wanted = said.strip().toUpperCase(Locale.ROOT).replaceAll("[- ]", "_");
        return Optional.of(Arrays.stream(Framing.values())
                .filter(framing -> framing.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("there is no framing '%s'; known are %s"
                        .formatted(
                                said,
                                Arrays.stream(Framing.values())
                                        .map(framing -> framing.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))))));
    }
}
