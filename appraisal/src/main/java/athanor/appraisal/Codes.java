package athanor.appraisal;

import athanor.contracts.picture.FindingCode;
import athanor.pictures.Verdict;

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
}
