package athanor.guards;

import athanor.contracts.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shall be drawn, as far as guards are concerned.
 *
 * @param prompt as typed; null where none is asked about
 * @param size null where none is asked about
 * @param twoPasses whether a size beyond the trained ones is drawn small, enlarged and refined
 * @param base the kind of base that draws; null where that is not known
 * @param loras those that take part
 */
public record Wish(
        @Nullable String prompt,
        @Nullable Size size,
        boolean twoPasses,
        @Nullable BaseKind base,
        List<Used> loras) {

    /**
     * A LoRA that takes part.
     *
     * @param facts what its file says
     * @param strength null where none is asked about
     */
    public record Used(LoraFacts facts, @Nullable Double strength) {}

    public Wish {
        loras = List.copyOf(loras);
    }

    Wish withPrompt(String other) {
        return new Wish(other, size, twoPasses, base, loras);
    }

    Wish inTwoPasses() {
        return new Wish(prompt, size, true, base, loras);
    }

    Wish withStrength(int lora, double strength) {
        List<Used> changed = new ArrayList<>(loras);
        changed.set(lora, new Used(changed.get(lora).facts(), strength));
        return new Wish(prompt, size, twoPasses, base, changed);
    }
}
