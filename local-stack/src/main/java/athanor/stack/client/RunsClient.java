package athanor.stack.client;

import athanor.contracts.recipe.Recipe;
import athanor.stack.infra.StackProblem;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs, as ingest-service offers them. */
public final class RunsClient {

    private final Rest rest;

    public RunsClient(String ingest) {
        this.rest = new Rest(ingest);
    }

    /** @return the new run's id */
    public String create(String name, Recipe recipe) {
        String id = rest.post("/runs", Map.of("name", name, "recipe", recipe))
                .path("runId")
                .asText("");
        if (id.isEmpty()) {
            throw new StackProblem("the ingest service named no run id");
        }
        return id;
    }

    /** @return why the picture was refused; empty when it was accepted */
    public Optional<String> upload(String runId, Photograph photograph) {
        String picture = "/runs/%s/pictures/%s".formatted(runId, Rest.encoded(photograph.fileName()));
        Optional<String> refusal = refusal(rest.put(picture, photograph.bytes(), "application/octet-stream"));
        if (refusal.isPresent() || photograph.caption().isEmpty()) {
            return refusal;
        }
        // In a body of its own: addresses are cut off or refused long before captions end.
        byte[] caption = photograph.caption().get().getBytes(StandardCharsets.UTF_8);
        return refusal(rest.put(picture + "/caption", caption, "text/plain; charset=UTF-8"));
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

    public void start(String runId) {
        rest.post("/runs/%s/start".formatted(runId), Map.of());
    }

    public List<RunView> all() {
        List<RunView> runs = new ArrayList<>();
        JsonNode answer = rest.get("/runs");
        (answer.isArray() ? answer : answer.path("runs")).forEach(run -> runs.add(new RunView(run)));
        return runs;
    }

    public RunView run(String runId) {
        return new RunView(rest.get("/runs/" + Rest.encoded(runId)));
    }

    public void cancel(String runId) {
        rest.delete("/runs/" + Rest.encoded(runId));
    }

    public byte[] lora(String runId) {
        return rest.getBytes("/runs/%s/lora".formatted(Rest.encoded(runId)));
    }

    /** PNG. */
    public byte[] contactSheet(String runId) {
        return rest.getBytes("/runs/%s/contact-sheet".formatted(Rest.encoded(runId)));
    }

    public JsonNode report(String runId) {
        return rest.get("/runs/%s/report".formatted(Rest.encoded(runId)));
    }
}
