package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every step of a training came to, as train-service leaves it in the store. */
@ApplicationScoped
class TrainedSteps {

    private static final Pattern PART = Pattern.compile("(\\d+)-(\\d+|open)\\.jsonl");

    private final ObjectStore store;

    TrainedSteps(ObjectStore store) {
        this.store = store;
    }

    /** @param first of its steps; the open part counts after all that are closed */
    private record Part(String key, int attempt, long first) {

        static Part of(String key, Matcher name) {
            String first = name.group(2);
            return new Part(
                    key,
                    Integer.parseInt(name.group(1)),
                    first.equals("open") ? Long.MAX_VALUE : Long.parseLong(first));
        }
    }

    /** In order, each once: what an attempt did again, or was to do again, counts no more of the attempts before. */
    Collection<TrainedStep> of(RunId run) {
        TreeMap<Integer, TrainedStep> steps = new TreeMap<>();
        int attempt = 0;
        for (Part part : parts(run)) {
            for (TrainedStep step : read(part)) {
                if (part.attempt() > attempt) {
                    attempt = part.attempt();
                    steps.tailMap(step.step(), true).clear();
                }
                steps.put(step.step(), step);
            }
        }
        return steps.values();
    }

    private List<Part> parts(RunId run) {
        String prefix = ObjectKeys.trainedSteps(run);
        return store.list(prefix).stream()
                .map(key -> PART.matcher(key.substring(prefix.length())))
                .filter(Matcher::matches)
                .map(name -> Part.of(prefix + name.group(), name))
                .sorted(Comparator.comparingInt(Part::attempt).thenComparingLong(Part::first))
                .toList();
    }

    private List<TrainedStep> read(Part part) {
        return store.find(part.key()).stream()
                .flatMap(object -> new String(object.bytes(), StandardCharsets.UTF_8).lines())
                .map(line -> Json.read(line, TrainedStep.class))
                .toList();
    }
}
