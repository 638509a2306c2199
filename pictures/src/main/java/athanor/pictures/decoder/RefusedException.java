package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;

/** The file cannot be used, for a reason that its sender can act on. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Verdict.Refusal refusal;

    private RefusedException(Verdict.Refusal refusal, String sentence) {
        super(sentence, null, false, false);
        this.refusal = refusal;
    }

    static RefusedException because(Verdict.Refusal refusal, String sentence) {
        return new RefusedException(refusal, sentence);
    }

    /** @param evidence what was found, in words that need no manual of a decoder */
    static RefusedException damaged(PictureFormat format, String evidence) {
        return new RefusedException(
                Verdict.Refusal.DAMAGED,
                "the %s file is damaged: %s; copy or export it again".formatted(format, evidence));
    }

    static RefusedException unsupported(String kind) {
        return new RefusedException(
                Verdict.Refusal.UNSUPPORTED,
                "%s cannot be read here; export the picture as JPEG or PNG".formatted(kind));
    }

    Verdict.Rejected verdict() {
        return new Verdict.Rejected(refusal, String.valueOf(getMessage()));
    }
}
