package athanor.sample.request;

import athanor.contracts.rest.SampleRequest.WishedLora;
import athanor.contracts.run.RunId;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The LoRAs that a request means: those beside the prompt, and those that the prompt names. */
final class FindLoras {

    private static final int MOST = 8;
    private static final double MOST_STRENGTH = 10;

    private final ObjectStore store;
    private final Predicate<RunId> sees;

    /** @param sees whether whoever asks may use what a run has made */
    FindLoras(ObjectStore store, Predicate<RunId> sees) {
        this.store = store;
        this.sees = sees;
    }

    /** @throws RequestRefused with a sentence where one is not there */
    List<NamedLora> of(@Nullable List<WishedLora> wished, List<LoraTags.Tag> tags) {
        List<WishedLora> all = new ArrayList<>(wished == null ? List.of() : wished);
        tags.forEach(tag -> all.add(new WishedLora(null, null, tag.strength(), null, tag.name())));
        if (all.size() > MOST) {
            throw new RequestRefused("loras names %d; wanted at most %d".formatted(all.size(), MOST));
        }
        return all.stream().map(this::find).toList();
    }

    private NamedLora find(WishedLora wished) {
        double strength = wished.strength() == null ? 1 : wished.strength();
        if (!(Math.abs(strength) <= MOST_STRENGTH)) {
            throw new RequestRefused("strength is %s; wanted a number from -%.0f to %.0f"
                    .formatted(strength, MOST_STRENGTH, MOST_STRENGTH));
        }
        if (wished.object() != null) {
            Optional<RunId> run = ObjectKeys.runOf(wished.object().key());
            if (run.isPresent() && !sees.test(run.get())) {
                throw new RequestRefused(
                        "there is no object '%s'".formatted(wished.object().key()));
            }
            return NamedLora.of(wished.object(), strength, run);
        }
        if (wished.name() != null && !wished.name().isBlank()) {
            String key = named(wished.name());
            return new NamedLora(wished.name(), key, null, strength, ObjectKeys.runOf(key));
        }
        if (wished.runId() == null || wished.runId().isBlank()) {
            throw new RequestRefused("loras[].runId, loras[].name or loras[].object is missing; give one");
        }
        RunId run = runId(wished.runId());
        if (!sees.test(run)) {
            throw none(run);
        }
        String key = wished.step() == null ? published(run) : ofCheckpoint(run, wished.step());
        return new NamedLora(run.value(), key, null, strength, Optional.of(run));
    }

    private String published(RunId run) {
        return store.list(ObjectKeys.loras(run)).stream()
                .filter(key -> key.endsWith(".safetensors")) // its card lies beside it
                .findFirst()
                .orElseThrow(() -> none(run));
    }

    private static RequestRefused none(RunId run) {
        return new RequestRefused(
                "run %s has no LoRA: it does not exist or has not finished; ./athanor runs (GET /runs of ingest-service) lists the runs, ./athanor checkpoints %s what it has made so far"
                        .formatted(run, run));
    }

    private String ofCheckpoint(RunId run, int step) {
        List<CheckpointFolder> made = CheckpointFolder.complete(store, run);
        return made.stream()
                .filter(folder -> folder.step() == step)
                .findFirst()
                .map(CheckpointFolder::lora)
                .orElseThrow(() -> new RequestRefused("run %s has no checkpoint at step %d; it has %s"
                        .formatted(
                                run,
                                step,
                                made.isEmpty()
                                        ? "none"
                                        : made.stream()
                                                .map(folder -> Integer.toString(folder.step()))
                                                .collect(Collectors.joining(", ")))));
    }

    private static RunId runId(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(String.valueOf(e.getMessage()));
        }
    }

    /** By the id of a run, or the name of what it published; the names of several are told apart by their ids. */
    private String named(String name) {
        StoredLoras stored = new StoredLoras(store, sees);
        List<String> keys = stored.named(name);
        if (keys.size() == 1) {
            return keys.get(0);
        }
        if (keys.isEmpty()) {
            throw new RequestRefused(
                    "there is no LoRA '%s'; ./athanor loras (GET /loras of ingest-service) lists those that are there%s"
                            .formatted(name, stored.nearest(name)));
        }
        throw new RequestRefused("%d LoRAs are called '%s'; name one by its id: %s"
                .formatted(
                        keys.size(),
                        name,
                        keys.stream().map(StoredLoras::id).limit(MOST).collect(Collectors.joining(", "))));
    }
}
