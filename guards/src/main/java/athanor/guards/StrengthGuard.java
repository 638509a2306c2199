package athanor.guards;

import athanor.contracts.guard.GuardRule;
import athanor.guards.LoraFacts.StrengthRange;
import athanor.guards.Objection.Weight;
import java.util.List;

/** How much a LoRA may count. Far beyond what it was trained for its pictures burn, and with little of it nothing is seen. */
final class StrengthGuard {

    /** Between these a full proof measures a LoRA. */
    private static final StrengthRange OF_PROOFS = new StrengthRange(0.4, 1.4);

    private StrengthGuard() {}

    /** A negative strength is wished by whoever wants less of something. */
    static List<Objection> against(Wish wish, int lora) {
        LoraFacts facts = wish.loras().get(lora).facts();
        Double wished = wish.loras().get(lora).strength();
        if (wished == null || wished < 0) {
            return List.of();
        }
        StrengthRange range = facts.strengths().orElse(OF_PROOFS);
        String measured = facts.strengths().isPresent() ? "this LoRA was measured" : "proofs measure";
        if (wished > range.most()) {
            return List.of(objection(
                    wished,
                    range,
                    "beyond what %s at (%s), where colours burn and shapes break".formatted(measured, range),
                    lora,
                    range.most()));
        }
        if (wished < range.least()) {
            return List.of(objection(
                    wished,
                    range,
                    "below what %s at (%s), so little of it will be seen".formatted(measured, range),
                    lora,
                    range.least()));
        }
        return List.of();
    }

    private static Objection objection(double wished, StrengthRange range, String evidence, int lora, double instead) {
        return new Objection(
                GuardRule.STRENGTH,
                "strength %s".formatted(wished),
                range.toString(),
                evidence,
                "strength %s".formatted(instead),
                Weight.SURE,
                changed -> changed.withStrength(lora, instead));
    }
}
