package athanor.contracts.rest;

import athanor.contracts.dataset.SkippedFile;
import java.util.List;

/**
 * What became of files that came together.
 *
 * @param verdicts one for each picture
 * @param skipped what is neither a picture nor the caption of one
 */
public record PicturesReceived(List<PictureView> verdicts, List<SkippedFile> skipped) {

    public PicturesReceived {
        verdicts = List.copyOf(verdicts);
        skipped = List.copyOf(skipped);
    }
}
