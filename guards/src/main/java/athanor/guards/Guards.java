package athanor.guards;

import athanor.contracts.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can be said about a request before it is rendered. */
public final class Guards {

    private Guards() {}

    /**
     * @param loras facts of every LoRA that takes part; without any there is nothing to warn of
     * @return sentences, each once
     */
    public static List<String> check(String prompt, Size size, List<LoraFacts> loras) {
        List<String> warnings = new ArrayList<>();
        for (LoraFacts lora : loras) {
            SizeGuard.check(size, lora.trainedSizes()).ifPresent(warnings::add);
            warnings.addAll(PromptGuard.check(prompt, lora.framings()));
        }
        return warnings.stream().distinct().toList();
    }

    /**
     * The same of a wish that is meant to show what the LoRA has learnt: whether the prompt calls it, and how much it shall count.
     *
     * @param prompt null where none is asked about
     * @param size null where none is asked about
     * @param strength null where none is asked about
     */
    public static List<String> checkUse(
            LoraFacts lora, @Nullable String prompt, @Nullable Size size, @Nullable Double strength) {
        List<String> warnings = new ArrayList<>();
        if (size != null) {
            SizeGuard.check(size, lora.trainedSizes()).ifPresent(warnings::add);
        }
        if (prompt != null) {
            warnings.addAll(PromptGuard.check(prompt, lora.framings()));
            TriggerGuard.check(prompt, lora.trigger()).ifPresent(warnings::add);
        }
        if (strength != null) {
            StrengthGuard.check(strength).ifPresent(warnings::add);
        }
        return List.copyOf(warnings);
    }
}
