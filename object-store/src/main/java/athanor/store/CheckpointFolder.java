package athanor.store;

import athanor.contracts.run.RunId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the files of one checkpoint lie: {@code runs/<run>/checkpoints/<attempt>-<step>/}.
 *
 * @param attempt that made it
 * @param step steps done
 */
public record CheckpointFolder(RunId run, int attempt, int step) {

    private static final String LORA = "lora.safetensors";
    private static final String STATE = "optimizer.safetensors";
    private static final String COMMIT = "commit.json";
    private static final String DROPPED = "dropped.json";
    private static final Pattern FILE = Pattern.compile("(\\d+)-(\\d+)/(.+)");
    private static final Comparator<CheckpointFolder> AS_MADE =
            Comparator.comparingInt(CheckpointFolder::attempt).thenComparingInt(CheckpointFolder::step);

    /** Key of what other tools load. */
    public String lora() {
        return key(LORA);
    }

    /** Key of everything that the trainer needs to go on; deleted when the run has finished. */
    public String state() {
        return key(STATE);
    }

    /** Key of what is written last: a checkpoint without it does not exist. */
    public String commit() {
        return key(COMMIT);
    }

    /** Key of what takes the place of the others when the checkpoint is not kept: the commit as it was. */
    public String dropped() {
        return key(DROPPED);
    }

    private String key(String file) {
        return ObjectKeys.checkpoint(run, attempt, step, file);
    }

    /** The complete ones of a run in the order of their steps. Of several attempts at a step the latest counts. */
    public static List<CheckpointFolder> complete(ObjectStore store, RunId run) {
        TreeMap<Integer, CheckpointFolder> bySteps = new TreeMap<>();
        inTheOrderOfTheirMaking(store, run).forEach(folder -> bySteps.put(folder.step(), folder));
        return List.copyOf(bySteps.values());
    }

    /** The one that the run goes on from, or went on from last. */
    public static Optional<CheckpointFolder> last(ObjectStore store, RunId run) {
        List<CheckpointFolder> made = inTheOrderOfTheirMaking(store, run);
        return made.isEmpty() ? Optional.empty() : Optional.of(made.get(made.size() - 1));
    }

    /** Keys of all that a trainer could go on from, also of checkpoints that were never completed. */
    public static List<String> states(ObjectStore store, RunId run) {
        return store.list(ObjectKeys.checkpoints(run)).stream()
                .filter(key -> key.endsWith("/" + STATE))
                .toList();
    }

    /** Those that a recipe's rule has removed, in the order of their making. */
    public static List<CheckpointFolder> dropped(ObjectStore store, RunId run) {
        Set<String> keys = new HashSet<>(store.list(ObjectKeys.checkpoints(run)));
        return with(DROPPED, run, keys)
                .filter(folder -> !keys.contains(folder.lora()))
                .toList();
    }

    private static List<CheckpointFolder> inTheOrderOfTheirMaking(ObjectStore store, RunId run) {
        Set<String> keys = new HashSet<>(store.list(ObjectKeys.checkpoints(run)));
        return with(COMMIT, run, keys)
                .filter(folder -> keys.contains(folder.lora()))
                .toList();
    }

    private static Stream<CheckpointFolder> with(String file, RunId run, Set<String> keys) {
        String prefix = ObjectKeys.checkpoints(run);
        return keys.stream()
                .map(key -> FILE.matcher(key.substring(prefix.length())))
                .filter(found -> found.matches() && found.group(3).equals(file))
                .map(found ->
                        new CheckpointFolder(run, Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .sorted(AS_MADE);
    }
}
