package athanor.contracts.dataset;

import athanor.contracts.Check;

/**
 * A picture that is left out of the run.
 *
 * @param reason a sentence the uploader can act on
 */
public record RejectedPicture(String fileName, String reason) {

    public RejectedPicture {
        Check.text(fileName, "fileName");
        Check.text(reason, "reason");
    }
}
