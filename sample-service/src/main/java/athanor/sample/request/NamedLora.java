package athanor.sample.request;

import athanor.contracts.ObjectRef;
import athanor.contracts.run.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A LoRA that a request names and that is there; nothing of it is read yet.
 *
 * @param title what people call it
 * @param key where its file lies in the store
 * @param object the file, where the request names it itself
 * @param strength how much it shall count
 * @param run whose subject it shows; empty for one that was trained elsewhere
 */
public record NamedLora(String title, String key, @Nullable ObjectRef object, double strength, Optional<RunId> run) {

    static NamedLora of(ObjectRef object, double strength, Optional<RunId> run) {
        return new NamedLora(object.key(), object.key(), object, strength, run);
    }
}
