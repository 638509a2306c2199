package athanor.ingest;

import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** How the training of a run went, step by step, and what it left on the way. */
@Path("/runs/{id}")
public class TrainingResource {

    private static final String CSV = "text/csv";

    private final RunRegister register;
    private final TrainedSteps steps;
    private final RunCheckpoints checkpoints;
    private final TookEffect tookEffect;

    TrainingResource(
            RunRegister register, TrainedSteps steps, RunCheckpoints checkpoints, TookEffect tookEffect) {
        this.tookEffect = tookEffect;
        this.register = register;
        this.steps = steps;
        this.checkpoints = checkpoints;
    }

    @GET
    @Path("progress")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Losses, learning rate and seconds of every step, also of runs that are over",
            description = "Empty before the first step; the newest steps of a training that goes on come within ten"
                    + " seconds. Accept: text/csv gives a table.")
    public List<TrainedStep> progress(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") int after) {
        return after(after, steps.of(register.card(id).runId()));
    }

    @GET
    @Path("progress")
    @Produces(CSV)
    public String progressAsTable(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") int after) {
        return after(after, steps.of(register.card(id).runId())).stream()
                .map(TrainingResource::row)
                .collect(
                        Collectors.joining("", "step,attempt,instance_loss,prior_loss,learning_rate,seconds,at\n", ""));
    }

    @GET
    @Path("effective-settings")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What took effect of the recipe, and how that is known",
            description = "One for each attempt, as another worker may compute otherwise; empty before the first step.")
    public List<EffectiveSettings> effectiveSettings(@PathParam("id") String id) {
        return tookEffect.in(register.card(id).runId());
    }

    @GET
    @Path("checkpoints")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The complete checkpoints in the order of their steps",
            description = "Those that the recipe did not keep have dropped: true, and no LoRA any more.")
    public List<CheckpointView> all(@PathParam("id") String id) {
        return checkpoints.of(register.card(id).runId());
    }

    @GET
    @Path("checkpoints/{step}/lora")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The LoRA after that many steps as .safetensors")
    public RestResponse<byte[]> lora(@PathParam("id") String id, @PathParam("step") int step) {
        RunCard card = register.card(id);
        byte[] lora = checkpoints.lora(card.runId(), step).orElseThrow(() -> none(card.runId(), step));
        return Download.of(lora, MediaType.APPLICATION_OCTET_STREAM, "%s-%d.safetensors".formatted(card.runId(), step));
    }

    @GET
    @Path("checkpoints/{step}/contact-sheet")
    @Produces("image/png")
    @Operation(summary = "The test pictures after that many steps as PNG")
    public RestResponse<byte[]> contactSheet(@PathParam("id") String id, @PathParam("step") int step) {
        RunCard card = register.card(id);
        byte[] sheet = checkpoints.contactSheet(card.runId(), step).orElseThrow(() -> undrawn(card.runId(), step));
        return Download.of(sheet, "image/png", "%s-%d.png".formatted(card.runId(), step));
    }

    private static List<TrainedStep> after(int after, Collection<TrainedStep> steps) {
        return steps.stream().filter(step -> step.step() > after).toList();
    }

    private static String row(TrainedStep step) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%s,%s,%s,%.3f,%s\n",
                step.step(),
                step.attempt(),
                step.instanceLoss(),
                step.priorLoss(),
                step.learningRate(),
                step.seconds(),
                step.at());
    }

    private ProblemException none(RunId run, int step) {
        boolean dropped = checkpoints.of(run).stream()
                .anyMatch(saved -> saved.step() == step && Boolean.TRUE.equals(saved.dropped()));
        return ProblemException.notFound(
                dropped
                        ? "the checkpoint of run '%s' at step %d was dropped, as its recipe says; kept are %s"
                                .formatted(run, step, known(run))
                        : "run '%s' has no checkpoint at step %d; it has %s".formatted(run, step, known(run)));
    }

    private ProblemException undrawn(RunId run, int step) {
        return ProblemException.notFound("run '%s' has no test pictures of step %d, or not yet; its checkpoints are %s"
                .formatted(run, step, known(run)));
    }

    private String known(RunId run) {
        List<CheckpointView> all = checkpoints.of(run).stream()
                .filter(saved -> saved.dropped() == null)
                .toList();
        return all.isEmpty()
                ? "none"
                : all.stream().map(saved -> Integer.toString(saved.step())).collect(Collectors.joining(", "));
    }
}
