package athanor.guards;

import athanor.contracts.guard.GuardRule;
import athanor.guards.Objection.Weight;
import java.util.List;
import java.util.Optional;

/** A LoRA changes layers of one kind of base; another kind does not have them. */
final class FamilyGuard {

    private FamilyGuard() {}

    static List<Objection> against(Wish wish, int lora) {
        BaseKind base = wish.base();
        Optional<String> told = wish.loras().get(lora).facts().architecture();
        Optional<BaseKind> trained = told.flatMap(BaseKind::named);
        if (base == null || trained.isEmpty() || trained.get() == base) {
            return List.of();
        }
        return List.of(new Objection(
                GuardRule.FAMILY,
                "a base of %s".formatted(base.words()),
                told.orElseThrow(),
                "the LoRA was trained on %s ('%s') and changes layers that this base does not have"
                        .formatted(trained.get().words(), told.orElseThrow()),
                "take a base of that kind",
                Weight.IMPOSSIBLE,
                null));
    }
}
