package athanor.stack.client;

import athanor.contracts.picture.Region;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.DownloadAddress;
import athanor.contracts.rest.DryRun;
import athanor.contracts.rest.LoraView;
import athanor.contracts.rest.NewRun;
import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReport;
import athanor.contracts.rest.RunErasure;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.rest.RunReport;
import athanor.contracts.rest.RunView;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.stack.infra.StackProblem;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs, as ingest-service offers them. */
public final class RunsClient {

    private static final int PAGE = 500;

    private final Rest rest;

    public RunsClient(String ingest) {
        this.rest = new Rest(ingest);
    }

    public RunView create(String name, Recipe recipe) {
        return rest.post("/runs", new NewRun(name, recipe), RunView.class);
    }

    /** What opening a run would come to; opens none. */
    public DryRun dryRun(NewRun wish) {
        return rest.post("/runs?dryRun=true", wish, DryRun.class);
    }

    /** A run with the pictures of another one. */
    public RunView cloneOf(String runId, String name, Recipe recipe) {
        return rest.post("/runs", new NewRun(name, recipe, runId), RunView.class);
    }

    /** @return why the picture is not used; empty when it is */
    public Optional<String> upload(String runId, Photograph photograph) {
        String regions = photograph.regions().isEmpty()
                ? ""
                : "?regions="
                        + Rest.encoded(
                                photograph.regions().stream().map(Region::text).collect(Collectors.joining(";")));
        Optional<String> refusal = refusal(rest.put(
                picture(runId, photograph.fileName()) + regions, photograph.bytes(), "application/octet-stream"));
        if (refusal.isPresent() || photograph.caption().isEmpty()) {
            return refusal;
        }
        // In a body of its own: addresses are cut off or refused long before captions end.
        byte[] caption = photograph.caption().get().getBytes(StandardCharsets.UTF_8);
        String picture = picture(runId, photograph.fileName());
        return refusal(rest.put(picture + "/caption", caption, "text/plain; charset=UTF-8"));
    }

    /** The same without a caption, of a picture that lies nowhere. */
    public Optional<String> upload(String runId, String fileName, byte[] picture) {
        return refusal(rest.put(picture(runId, fileName), picture, "application/octet-stream"));
    }

    private static String picture(String runId, String fileName) {
        return "/runs/%s/pictures/%s".formatted(runId, Rest.encoded(fileName));
    }

    private static Optional<String> refusal(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 == 2) {
            return Optional.empty();
        }
        if (answer.statusCode() == 422 || answer.statusCode() == 413) {
            return Optional.of(Rest.sentence(answer));
        }
        throw new StackProblem(Rest.sentence(answer));
    }

    /** What is known of each picture. */
    public List<PictureView> pictures(String runId) {
        return List.of(rest.get("/runs/%s/pictures".formatted(Rest.encoded(runId)), PictureView[].class));
    }

    /** What is known of all of them. */
    public PicturesReport picturesReport(String runId) {
        return rest.get("/runs/%s/pictures/report".formatted(Rest.encoded(runId)), PicturesReport.class);
    }

    public RunView start(String runId) {
        return rest.post("/runs/%s/start".formatted(runId), Map.of(), RunView.class);
    }

    /** Newest first, page after page. */
    public List<RunView> all() {
        List<RunView> all = new ArrayList<>();
        RunView[] page = rest.get("/runs?limit=%d".formatted(PAGE), RunView[].class);
        all.addAll(List.of(page));
        while (page.length == PAGE) {
            RunId last = page[PAGE - 1].runId();
            page = rest.get("/runs?limit=%d&after=%s".formatted(PAGE, last), RunView[].class);
            all.addAll(List.of(page));
        }
        return all;
    }

    public RunView run(String runId) {
        return rest.get("/runs/" + Rest.encoded(runId), RunView.class);
    }

    /** A run that is training. */
    public RunView pause(String runId) {
        return command(runId, "pause");
    }

    /** A paused run, or one that failed: it goes on from its last checkpoint. */
    public RunView resume(String runId) {
        return command(runId, "resume");
    }

    /** A run that is training or paused: it ends, and its LoRA is what it has come to. */
    public RunView stopAndKeep(String runId) {
        return command(runId, "stop-and-keep");
    }

    /** A run that is training: a checkpoint with test pictures. */
    public RunView sampleNow(String runId) {
        return command(runId, "sample-now");
    }

    private RunView command(String runId, String command) {
        return rest.post("/runs/%s/commands/%s".formatted(Rest.encoded(runId), command), Map.of(), RunView.class);
    }

    public RunView cancel(String runId) {
        return rest.delete("/runs/" + Rest.encoded(runId), RunView.class);
    }

    /** Everything of it, for good. */
    public RunErasure erase(String runId) {
        return rest.delete("/runs/%s?everything=true".formatted(Rest.encoded(runId)), RunErasure.class);
    }

    /** What the run published; of one that failed or was cancelled, that of its last checkpoint. */
    public Optional<byte[]> lora(String runId) {
        return rest.findBytes("/runs/%s/lora".formatted(Rest.encoded(runId)));
    }

    /** PNG. */
    public Optional<byte[]> contactSheet(String runId) {
        return rest.findBytes("/runs/%s/contact-sheet".formatted(Rest.encoded(runId)));
    }

    /** What all runs have published. */
    public List<LoraView> loras() {
        return List.of(rest.get("/loras", LoraView[].class));
    }

    /** What became of each picture. */
    public RunPreparation preparation(String runId) {
        return rest.get("/runs/%s/preparation".formatted(Rest.encoded(runId)), RunPreparation.class);
    }

    /** PNG: a picture with what is trained of it. */
    public byte[] preview(String runId, String fileName) {
        return rest.getBytes("/runs/%s/preparation/%s/preview".formatted(Rest.encoded(runId), Rest.encoded(fileName)));
    }

    public List<CheckpointView> checkpoints(String runId) {
        return List.of(rest.get("/runs/%s/checkpoints".formatted(Rest.encoded(runId)), CheckpointView[].class));
    }

    /** The LoRA after that many steps. */
    public byte[] lora(String runId, int step) {
        return rest.getBytes("/runs/%s/checkpoints/%d/lora".formatted(Rest.encoded(runId), step));
    }

    /** Where anybody can have the LoRA of the run for a while. */
    public DownloadAddress loraAddress(String runId) {
        return rest.get("/runs/%s/lora/download-url".formatted(Rest.encoded(runId)), DownloadAddress.class);
    }

    /** The same of the LoRA after that many steps. */
    public DownloadAddress loraAddress(String runId, int step) {
        return rest.get(
                "/runs/%s/checkpoints/%d/lora/download-url".formatted(Rest.encoded(runId), step),
                DownloadAddress.class);
    }

    /** PNG of the test pictures after that many steps. */
    public Optional<byte[]> contactSheet(String runId, int step) {
        return rest.findBytes("/runs/%s/checkpoints/%d/contact-sheet".formatted(Rest.encoded(runId), step));
    }

    /** What each step came to, in order. */
    public List<TrainedStep> progress(String runId) {
        return List.of(rest.get("/runs/%s/progress".formatted(Rest.encoded(runId)), TrainedStep[].class));
    }

    /** The same as a table. */
    public byte[] progressAsCsv(String runId) {
        return rest.getBytes("/runs/%s/progress".formatted(Rest.encoded(runId)), "text/csv");
    }

    /** What the LoRA is, in Markdown. */
    public Optional<byte[]> loraCard(String runId) {
        return rest.findBytes("/runs/%s/lora/card".formatted(Rest.encoded(runId)));
    }

    /** What the LoRA can do, measured; absent where the recipe did not want it or it could not be measured. */
    public Optional<byte[]> proof(String runId) {
        return rest.findBytes("/runs/%s/proof".formatted(Rest.encoded(runId)));
    }

    /** The same as a page in Markdown, which shows the chart as {@code proof.png}. */
    public Optional<byte[]> proofPage(String runId) {
        return rest.findBytes("/runs/%s/proof/page".formatted(Rest.encoded(runId)));
    }

    /** PNG. */
    public Optional<byte[]> proofChart(String runId) {
        return rest.findBytes("/runs/%s/proof/chart".formatted(Rest.encoded(runId)));
    }

    public RunReport report(String runId) {
        return rest.get("/runs/%s/report".formatted(Rest.encoded(runId)), RunReport.class);
    }
}
