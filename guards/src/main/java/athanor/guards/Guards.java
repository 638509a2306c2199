package athanor.guards;

import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardAnswer.Outcome;
import athanor.contracts.guard.GuardMode;
import athanor.guards.Objection.Weight;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that can be said about a request before it is rendered, and what is done about it. */
public final class Guards {

    private Guards() {}

    /** Without LoRAs there is nothing to speak of: a base is asked for what it was made for, or not. */
    public static Guarded check(GuardMode mode, Wish wish) {
        Set<GuardAnswer> answers = new LinkedHashSet<>();
        Wish now = wish;
        // One LoRA after the other, each on what is left of the wish: what was rewritten for one is seen by the next.
        for (int lora = 0; lora < wish.loras().size(); lora++) {
            for (Guard guard : GUARDS) {
                for (Objection objection : guard.against(now, lora)) {
                    Outcome outcome = outcome(mode, objection);
                    boolean told = mode == GuardMode.REWRITE || objection.weight() != Weight.HINT;
                    if (outcome != Outcome.REFUSED && (mode == GuardMode.OFF || !told)) {
                        continue;
                    }
                    answers.add(objection.answer(outcome));
                    if (outcome == Outcome.REWRITTEN && objection.remedy() != null) {
                        now = objection.remedy().apply(now);
                    }
                }
            }
        }
        return new Guarded(now, List.copyOf(answers));
    }

    private static Outcome outcome(GuardMode mode, Objection objection) {
        if (objection.weight() == Weight.IMPOSSIBLE) {
            return Outcome.REFUSED;
        }
        if (mode == GuardMode.BLOCK && objection.weight() == Weight.SURE) {
            return Outcome.REFUSED;
        }
        return mode == GuardMode.REWRITE && objection.remedy() != null ? Outcome.REWRITTEN : Outcome.WARNED;
    }

    /** One rule. */
    @FunctionalInterface
    interface Guard {

        /** @param lora which of the wish's LoRAs is looked at */
        List<Objection> against(Wish wish, int lora);
    }

    private static final List<Guard> GUARDS = List.of(
            FamilyGuard::against,
            SizeGuard::against,
            FramingGuard::against,
            TriggerGuard::against,
            StrengthGuard::against);
}
