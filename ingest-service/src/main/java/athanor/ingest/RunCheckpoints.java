package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.json.Json;
import athanor.contracts.rest.CheckpointView;
import athanor.contracts.run.RunId;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Versioned;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The complete checkpoints of a run: what lies in the store, whoever trained it and whether it still trains. */
@ApplicationScoped
class RunCheckpoints {

    /** A checkpoint's own sheet; the last one's is the sheet of the run. */
    private static final List<String> SHEETS = List.of("checkpoint-sheet.png", "contact-sheet.png");

    private final ObjectStore store;

    RunCheckpoints(ObjectStore store) {
        this.store = store;
    }

    /** In the order of their steps, also those of which the recipe has left only a note. */
    List<CheckpointView> of(RunId run) {
        Set<String> drawn = new HashSet<>(store.list(ObjectKeys.samples(run)));
        TreeMap<Integer, CheckpointView> views = new TreeMap<>();
        CheckpointFolder.dropped(store, run)
                .forEach(folder -> store.find(folder.dropped())
                        .ifPresent(note -> views.put(folder.step(), view(note, drawn, true))));
        CheckpointFolder.complete(store, run)
                .forEach(folder -> store.find(folder.commit())
                        .ifPresent(commit -> views.put(folder.step(), view(commit, drawn, false))));
        return List.copyOf(views.values());
    }

    /** The bytes of the LoRA after that many steps. */
    Optional<byte[]> lora(RunId run, int step) {
        return folder(run, step).flatMap(this::lora);
    }

    /** Where the LoRA after that many steps lies. */
    Optional<ObjectRef> loraInTheStore(RunId run, int step) {
        return folder(run, step).flatMap(this::loraInTheStore);
    }

    /** Where that of the last one lies. */
    Optional<ObjectRef> lastLoraInTheStore(RunId run) {
        return CheckpointFolder.last(store, run).flatMap(this::loraInTheStore);
    }

    private Optional<CheckpointFolder> folder(RunId run, int step) {
        return CheckpointFolder.complete(store, run).stream()
                .filter(folder -> folder.step() == step)
                .findFirst();
    }

    private Optional<ObjectRef> loraInTheStore(CheckpointFolder folder) {
        return store.find(folder.commit())
                .map(commit -> Json.read(commit.bytes(), CheckpointView.class).lora());
    }

    /** The bytes of the LoRA of the last one: what is left of a run that ended before its LoRA was published. */
    Optional<byte[]> lastLora(RunId run) {
        return CheckpointFolder.last(store, run).flatMap(this::lora);
    }

    /** PNG of the test pictures after that many steps. */
    Optional<byte[]> contactSheet(RunId run, int step) {
        return SHEETS.stream()
                .map(sheet -> store.find(ObjectKeys.sample(run, step, sheet)))
                .flatMap(Optional::stream)
                .map(Versioned::bytes)
                .findFirst();
    }

    private Optional<byte[]> lora(CheckpointFolder folder) {
        return store.find(folder.lora()).map(Versioned::bytes);
    }

    private static CheckpointView view(Versioned commit, Set<String> drawn, boolean dropped) {
        CheckpointView saved = Json.read(commit.bytes(), CheckpointView.class);
        boolean sheet =
                SHEETS.stream().anyMatch(name -> drawn.contains(ObjectKeys.sample(saved.runId(), saved.step(), name)));
        return saved.asFound(sheet, dropped);
    }

    /** Of a step that has none: says what there is instead. */
    String whyNone(RunId run, int step) {
        boolean dropped =
                of(run).stream().anyMatch(saved -> saved.step() == step && Boolean.TRUE.equals(saved.dropped()));
        return dropped
                ? "the checkpoint of run '%s' at step %d was dropped, as its recipe says; kept are %s"
                        .formatted(run, step, known(run))
                : "run '%s' has no checkpoint at step %d; it has %s".formatted(run, step, known(run));
    }

    /** The steps of those that can be had. */
    String known(RunId run) {
        List<CheckpointView> all =
                of(run).stream().filter(saved -> saved.dropped() == null).toList();
        return all.isEmpty()
                ? "none"
                : all.stream().map(saved -> Integer.toString(saved.step())).collect(Collectors.joining(", "));
    }
}
