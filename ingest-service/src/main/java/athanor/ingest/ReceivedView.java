package athanor.ingest;

import athanor.appraisal.AppraiseSet;
import athanor.appraisal.Judged;
import athanor.appraisal.Sentences;
import athanor.contracts.rest.PicturesReceived;
import org.jspecify.annotations.Nullable;

/** What became of files that came together, in the language that was asked for. */
final class ReceivedView {

    private ReceivedView() {}

    static PicturesReceived of(Received received, @Nullable String language) {
        AppraiseSet pictures =
                new AppraiseSet(received.verdicts().stream().map(Judged::of).toList(), Sentences.asked(language));
        return new PicturesReceived(pictures.pictures(), received.skipped());
    }
}
