package athanor.guards;

import athanor.contracts.Size;
import java.util.ArrayList;
import java.util.List;

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
}
