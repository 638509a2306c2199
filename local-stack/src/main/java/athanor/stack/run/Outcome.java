package athanor.stack.run;

import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, and what of it lies in a folder now.
 *
 * @param files by what people call them, in the order in which they are worth looking at
 */
public record Outcome(RunView run, Map<String, Path> files) {

    /** For a program: {@code {"run": …, "files": {"contactSheet": …, "lora": …}}}. */
    public record Answer(RunView run, Map<String, String> files) {}

    /** Why it did not finish, and what to do; empty when it did. */
    public Optional<String> problem() {
        if (run.state() instanceof RunState.Failed failed) {
            return Optional.of("run %s failed, %s: %s. %s"
                    .formatted(run.runId(), failed.reason(), failed.evidence(), failed.remedy()));
        }
        return run.state() instanceof RunState.Cancelled
                ? Optional.of("run %s was cancelled".formatted(run.runId()))
                : Optional.empty();
    }

    public Answer answer() {
        Map<String, String> named = new LinkedHashMap<>();
        files.forEach((what, file) -> named.put(fieldName(what), file.toString()));
        return new Answer(run, named);
    }

    /** {@code contact sheet} is contactSheet, {@code LoRA} is lora. */
    private static String fieldName(String what) {
        StringBuilder name = new StringBuilder();
        for (String word : what.toLowerCase(Locale.ROOT).split(" ", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
