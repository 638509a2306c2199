package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.rest.RunReport;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** What a run leaves behind, and following it on the way there. */
@Path("/runs/{id}")
public class RunResultsResource {

    private final RunRegister register;
    private final RunBoard board;
    private final ObjectStore store;
    private final WriteReport writeReport;
    private final RunCheckpoints checkpoints;
    private final RunProofs proofs;

    RunResultsResource(
            RunRegister register,
            RunBoard board,
            ObjectStore store,
            WriteReport writeReport,
            RunCheckpoints checkpoints,
            RunProofs proofs) {
        this.checkpoints = checkpoints;
        this.proofs = proofs;
        this.register = register;
        this.board = board;
        this.store = store;
        this.writeReport = writeReport;
    }

    @GET
    @Path("events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "Follow the run: the whole run again at each change, until it is over")
    public Multi<RunView> events(@PathParam("id") String id) {
        RunId run = register.card(id).runId();
        return board.follow(run).map(RunCard::view);
    }

    @GET
    @Path("lora")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "The LoRA as .safetensors",
            description = "Of a run that failed or was cancelled: that of its last checkpoint.")
    public RestResponse<byte[]> lora(@PathParam("id") String id) {
        RunCard card = register.card(id);
        Optional<ObjectRef> published = card.lora();
        return published.isEmpty() && card.state().over()
                ? lastCheckpoint(card)
                : download(card, published, "LoRA", MediaType.APPLICATION_OCTET_STREAM);
    }

    @GET
    @Path("lora/card")
    @Produces("text/markdown")
    @Operation(summary = "What the LoRA is and how to use it, as a page in Markdown")
    public RestResponse<byte[]> loraCard(@PathParam("id") String id) {
        RunCard card = register.card(id);
        byte[] page = card.lora()
                .flatMap(lora -> store.find(ObjectKeys.cardOf(lora.key())))
                .orElseThrow(() -> ProblemException.notFound("run '%s' has no LoRA with a card, it is %s"
                        .formatted(card.runId(), card.state().name())))
                .bytes();
        return Download.of(page, "text/markdown; charset=UTF-8", "%s.md".formatted(card.runId()));
    }

    @GET
    @Path("contact-sheet")
    @Produces("image/png")
    @Operation(summary = "The contact sheet as PNG", description = "While the run goes on: of the last checkpoint.")
    public RestResponse<byte[]> contactSheet(@PathParam("id") String id) {
        RunCard card = register.card(id);
        return download(card, card.contactSheet(), "contact sheet", "image/png");
    }

    @GET
    @Path("report")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Plan, times of the stages, training and verdicts")
    public RunReport report(@PathParam("id") String id) {
        return writeReport.of(register.card(id));
    }

    @GET
    @Path("proof")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What the LoRA can do, measured",
            description =
                    "Trials of several checkpoints and strengths with intervals, and which of them is recommended.")
    public ProofRendered proof(@PathParam("id") String id) {
        return proofOf(register.card(id));
    }

    @GET
    @Path("proof/page")
    @Produces("text/markdown")
    @Operation(summary = "The same as a page in Markdown", description = "It shows proof.png, which lies beside it.")
    public RestResponse<byte[]> proofPage(@PathParam("id") String id) {
        RunCard card = register.card(id);
        return download(card, Optional.of(proofOf(card).page()), "proof", "text/markdown; charset=UTF-8");
    }

    @GET
    @Path("proof/chart")
    @Produces("image/png")
    @Operation(summary = "Pictures and numbers of the trials as PNG")
    public RestResponse<byte[]> proofChart(@PathParam("id") String id) {
        RunCard card = register.card(id);
        return download(card, Optional.of(proofOf(card).chart()), "proof", "image/png");
    }

    @GET
    @Path("proof/lora")
    @Produces("application/octet-stream")
    @Operation(
            summary = "The recommended LoRA with what was measured in its metadata",
            description =
                    "athanor.proof and athanor.envelope. The weights are those of GET /runs/{id}/lora or of the recommended checkpoint; the file's hash is another one.")
    public RestResponse<byte[]> provedLora(@PathParam("id") String id) {
        RunCard card = register.card(id);
        proofOf(card);
        byte[] file = proofs.lora(card)
                .orElseThrow(() -> ProblemException.notFound(
                        "the proof of run '%s' was made before LoRAs were given theirs; GET /runs/%s/lora has the LoRA without"
                                .formatted(card.runId(), card.runId())));
        return Download.of(file, "application/octet-stream", card.runId() + ".safetensors");
    }

    private ProofRendered proofOf(RunCard card) {
        return proofs.of(card)
                .orElseThrow(() -> ProblemException.notFound(
                        card.state().over()
                                ? "run '%s' has no proof: it is %s, its recipe says proof=OFF, its training was too short for one (proof=FULL measures all the same), or its LoRA could not be measured, and the log of sample-service says why"
                                        .formatted(card.runId(), card.state().name())
                                : "run '%s' has no proof yet, it is %s"
                                        .formatted(card.runId(), card.state().name())));
    }

    private RestResponse<byte[]> lastCheckpoint(RunCard card) {
        byte[] lora = checkpoints
                .lastLora(card.runId())
                .orElseThrow(() -> ProblemException.notFound("run '%s' is %s and left no checkpoint"
                        .formatted(card.runId(), card.state().name())));
        return Download.of(
                lora, MediaType.APPLICATION_OCTET_STREAM, "%s-last-checkpoint.safetensors".formatted(card.runId()));
    }

    private RestResponse<byte[]> download(RunCard card, Optional<ObjectRef> object, String what, String type) {
        ObjectRef ref = object.orElseThrow(() -> ProblemException.notFound("run '%s' has no %s yet, it is %s"
                .formatted(card.runId(), what, card.state().name())));
        String fileName = ref.key().substring(ref.key().lastIndexOf('/') + 1);
        return Download.of(store.read(ref), type, fileName);
    }
}
