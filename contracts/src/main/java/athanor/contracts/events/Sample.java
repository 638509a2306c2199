package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import java.util.List;

/**
 * One test picture.
 *
 * @param picture PNG
 * @param prompt as rendered
 * @param strength of the LoRA; 0 is the base alone
 * @param warnings of the guards
 */
public record Sample(ObjectRef picture, String prompt, long seed, double strength, Size size, List<String> warnings) {

    public Sample {
        Check.present(picture, "picture");
        Check.text(prompt, "prompt");
        Check.present(size, "size");
        warnings = List.copyOf(Check.present(warnings, "warnings"));
    }
}
