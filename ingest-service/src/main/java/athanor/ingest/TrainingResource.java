package athanor.ingest;

import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** How the training of a run went, step by step, and what it left on the way. */
@Path("/runs/{id}")
public class TrainingResource {

    private static final String CSV = "text/csv";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final RunRegister register;
    private final TrainedSteps steps;
    private final RunCheckpoints checkpoints;
    private final TookEffect tookEffect;

    TrainingResource(RunRegister register, TrainedSteps steps, RunCheckpoints checkpoints, TookEffect tookEffect) {
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
        return StepTable.of(after(after, steps.of(register.card(id).runId())));
    }

    @GET
    @Path("progress/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Every step as an event, until the run is over",
            description =
                    "The id of an event is its step: a reader that was cut off names it as Last-Event-ID and gets the"
                            + " steps after it.")
    public Multi<OutboundSseEvent> followProgress(
            @PathParam("id") String id, @HeaderParam("Last-Event-ID") @DefaultValue("0") int last, @Context Sse sse) {
        RunId run = register.card(id).runId();
        AtomicInteger sent = new AtomicInteger(last);
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> look(run, sent))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .withDelay(BETWEEN_LOOKS)
                .whilst(look -> !look.over())
                .onItem()
                .transformToIterable(Look::steps)
                .map(step -> sse.newEventBuilder()
                        .id(Integer.toString(step.step()))
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(TrainedStep.class, step)
                        .build());
    }

    /** @param over nothing comes after these */
    private record Look(boolean over, List<TrainedStep> steps) {}

    private Look look(RunId run, AtomicInteger sent) {
        // first whether it is over: the steps that are read after that are all
        boolean over = register.card(run.value()).state().over();
        List<TrainedStep> fresh = after(sent.get(), steps.of(run));
        if (!fresh.isEmpty()) {
            sent.set(fresh.get(fresh.size() - 1).step());
        }
        return new Look(over, fresh);
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
        byte[] lora = checkpoints
                .lora(card.runId(), step)
                .orElseThrow(() -> ProblemException.notFound(checkpoints.whyNone(card.runId(), step)));
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

    private ProblemException undrawn(RunId run, int step) {
        return ProblemException.notFound("run '%s' has no test pictures of step %d, or not yet; its checkpoints are %s"
                .formatted(run, step, checkpoints.known(run)));
    }
}
