package athanor.ingest;

import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.rest.PictureVerdict;
import java.util.List;

/**
 * What became of files that came together.
 *
 * @param verdicts one for each picture
 * @param skipped what is neither a picture nor the caption of one, or has not come yet
 */
record Received(List<PictureVerdict> verdicts, List<SkippedFile> skipped) {

    Received {
        verdicts = List.copyOf(verdicts);
        skipped = List.copyOf(skipped);
    }
}
