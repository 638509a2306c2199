package athanor.appraisal;

import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Severity;
import athanor.pictures.Verdict;
import athanor.pictures.quality.SimilarPictures;
import athanor.pictures.quality.Weakness;

/** What was found in the pixels, in the words of the contracts. */
final class Codes {

    private Codes() {}

    static FindingCode of(Verdict.Refusal refusal) {
        return switch (refusal) {
            case NO_PICTURE -> FindingCode.NO_PICTURE;
            case UNSUPPORTED -> FindingCode.UNSUPPORTED;
            case DAMAGED -> FindingCode.DAMAGED;
            case UNREADABLE -> FindingCode.UNREADABLE;
            case ANIMATION -> FindingCode.ANIMATION;
            case SIZE -> FindingCode.SIZE;
        };
    }

    static FindingCode of(Verdict.Remark.About about) {
        return switch (about) {
            case DAMAGE -> FindingCode.DAMAGED;
            case COLOUR_PROFILE -> FindingCode.COLOUR_PROFILE;
            case PAGES, SAMPLES -> FindingCode.UNUSUAL_FILE;
        };
    }

    static FindingCode of(Weakness.Kind kind) {
        return FindingCode.valueOf(kind.name());
    }

    static FindingCode of(SimilarPictures.Kind kind) {
        return FindingCode.valueOf(kind.name());
    }

    static Severity of(Weakness.Severity severity) {
        return switch (severity) {
            case HINT -> Severity.HINT;
            case WARNING -> Severity.WARNING;
            case REJECTS -> Severity.HARMFUL;
        };
    }
}
