package athanor.contracts.picture;

import athanor.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the owner of a picture should know about it.
 *
 * @param sentence for a photographer, English unless another language was asked for
 * @param evidence absent where the sentence is all there is
 */
public record Finding(
        FindingCode code,
        Severity severity,
        String sentence,
        @Nullable Evidence evidence) {

    public Finding {
        Check.present(code, "code");
        Check.present(severity, "severity");
        Check.text(sentence, "sentence");
    }
}
