package athanor.contracts.dataset;

import athanor.contracts.Check;

/**
 * A file that came with pictures and is none of them.
 *
 * @param reason a sentence
 */
public record SkippedFile(String fileName, String reason) {

    public SkippedFile {
        Check.text(fileName, "fileName");
        Check.text(reason, "reason");
    }
}
