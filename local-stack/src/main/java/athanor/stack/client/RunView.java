package athanor.stack.client;

import athanor.contracts.json.Json;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A run as the ingest service shows it: its state, how far the training is, what it left behind. */
public record RunView(JsonNode json) {

    public String id() {
        return json.path("runId").asText();
    }

    public String name() {
        return json.path("name").asText(id());
    }

    public RunState state() {
        JsonNode state = json.path("state");
        return Json.read(state.toString(), RunState.class);
    }

    /** The state's name, for example {@code Training}. */
    public String stateName() {
        return state().name();
    }

    /** Absent until the first progress event of the training. */
    public Optional<Progress> progress() {
        JsonNode progress = json.path("progress");
        return progress.isObject()
                ? Optional.of(new Progress(
                        progress.path("step").asInt(),
                        progress.path("totalSteps").asInt(),
                        progress.path("instanceLoss").asDouble(),
                        progress.path("priorLoss").asDouble(),
                        progress.path("secondsPerStep").asDouble(),
                        progress.path("etaSeconds").asDouble()))
                : Optional.empty();
    }

    /** Why it waits in a queue, after a while and when there is something to say. */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(json.path("waitsFor").textValue());
    }

    /** What the checks of the test pictures said. */
    public List<String> verdicts() {
        List<String> verdicts = new ArrayList<>();
        json.path("verdicts").forEach(verdict -> verdicts.add(verdict.asText()));
        return verdicts;
    }

    /**
     * Where the training is.
     *
     * @param priorLoss 0 when the prior is off
     * @param etaSeconds until the last step
     */
    public record Progress(
            int step, int totalSteps, double instanceLoss, double priorLoss, double secondsPerStep, double etaSeconds) {

        public String losses() {
            return priorLoss > 0
                    ? String.format(Locale.ROOT, "loss %.4f, prior %.4f", instanceLoss, priorLoss)
                    : String.format(Locale.ROOT, "loss %.4f", instanceLoss);
        }
    }
}
