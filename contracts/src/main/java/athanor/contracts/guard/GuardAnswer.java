package athanor.contracts.guard;

import athanor.contracts.Check;

/**
 * What a guard says about a request.
 *
 * @param asked what was asked for
 * @param allowed what the LoRA was shown
 * @param evidence why that speaks against it, a clause
 * @param suggestion what to do, a clause
 * @param outcome what came of it
 */
public record GuardAnswer(
        GuardRule rule, String asked, String allowed, String evidence, String suggestion, Outcome outcome) {

    /** What a guard did. */
    public enum Outcome {
        /** It said so, and the request is carried out as it is. */
        WARNED,
        /** The suggestion was followed. */
        REWRITTEN,
        /** Nothing is drawn. */
        REFUSED
    }

    public GuardAnswer {
        Check.present(rule, "rule");
        Check.present(asked, "asked");
        Check.present(allowed, "allowed");
        Check.present(evidence, "evidence");
        Check.present(suggestion, "suggestion");
        Check.present(outcome, "outcome");
    }

    /** For people. */
    public String sentence() {
        return switch (outcome) {
            case WARNED -> "%s: %s; %s".formatted(asked, evidence, suggestion);
            case REWRITTEN -> "%s: %s; done instead: %s".formatted(asked, evidence, suggestion);
            case REFUSED -> "%s: %s; not drawn, %s".formatted(asked, evidence, suggestion);
        };
    }
}
