package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.rest.DownloadAddress;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import athanor.store.ObjectStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** LoRAs that are fetched from the store itself and not through this service: a link that can be given to anybody for a while. */
@Path("/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class DownloadAddressesResource {

    private final RunRegister register;
    private final RunCheckpoints checkpoints;
    private final ObjectStore store;
    private final IngestSettings settings;
    private final Clock clock;

    DownloadAddressesResource(
            RunRegister register, RunCheckpoints checkpoints, ObjectStore store, IngestSettings settings, Clock clock) {
        this.register = register;
        this.checkpoints = checkpoints;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Path("lora/download-url")
    @Operation(
            summary = "An address in the store at which the LoRA can be had for a while",
            description =
                    "It needs no other right. Of a run that failed or was cancelled: that of its last checkpoint.")
    public DownloadAddress lora(@PathParam("id") String id) {
        RunCard card = register.card(id);
        RunId run = card.runId();
        Optional<ObjectRef> published = card.lora();
        if (published.isPresent()) {
            String key = published.get().key();
            return address(published.get(), key.substring(key.lastIndexOf('/') + 1));
        }
        if (!card.state().over()) {
            throw ProblemException.notFound(
                    "run '%s' has no LoRA yet, it is %s; GET /runs/%s/checkpoints lists those before"
                            .formatted(run, card.state().name(), run));
        }
        ObjectRef last = checkpoints
                .lastLoraInTheStore(run)
                .orElseThrow(() -> ProblemException.notFound("run '%s' is %s and left no checkpoint"
                        .formatted(run, card.state().name())));
        return address(last, "%s-last-checkpoint.safetensors".formatted(run));
    }

    @GET
    @Path("checkpoints/{step}/lora/download-url")
    @Operation(
            summary = "An address in the store at which the LoRA after that many steps can be had for a while",
            description = "It needs no other right.")
    public DownloadAddress checkpoint(@PathParam("id") String id, @PathParam("step") int step) {
        RunId run = register.card(id).runId();
        ObjectRef lora = checkpoints
                .loraInTheStore(run, step)
                .orElseThrow(() -> ProblemException.notFound(checkpoints.whyNone(run, step)));
        return address(lora, "%s-%d.safetensors".formatted(run, step));
    }

    private DownloadAddress address(ObjectRef lora, String fileName) {
        return new DownloadAddress(
                fileName,
                lora.bytes(),
                lora.sha256(),
                store.downloadAddress(lora, fileName, settings.downloadAddressFor()),
                clock.instant().plus(settings.downloadAddressFor()));
    }
}
