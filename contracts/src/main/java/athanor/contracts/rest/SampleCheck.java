package athanor.contracts.rest;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardAnswer;
import java.util.List;

/**
 * What {@code POST /samples/check} says of a {@link SampleRequest} before anything is drawn.
 *
 * @param drawn whether {@code POST /samples} would draw it
 * @param prompt as it would be drawn: without the LoRAs that it named, and with what guards rewrite
 * @param size as it would be drawn
 * @param twoPasses whether it would be drawn small, enlarged and refined
 * @param guards what they say, rule by rule
 */
public record SampleCheck(boolean drawn, String prompt, Size size, boolean twoPasses, List<GuardAnswer> guards) {

    public SampleCheck {
        guards = List.copyOf(guards);
    }
}
