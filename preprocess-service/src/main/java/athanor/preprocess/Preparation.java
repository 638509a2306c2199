package athanor.preprocess;

import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.FailureReason;

/** How far a dataset has come. Each outcome is stored before it is announced, so it can be announced again. */
public sealed interface Preparation {

    /** The instance pictures are ready; the base model must draw the class first. */
    record Waiting(int instancePictures, ClassPicturesRequested request) implements Preparation {}

    /**
     * Everything is ready to be trained on.
     *
     * @param settled whether it was announced before, or was about to be
     */
    record Ready(DatasetPrepared event, boolean settled) implements Preparation {}

    /** It cannot become a dataset, however often it is tried. */
    record Impossible(String name, FailureReason reason, String evidence) implements Preparation {}

    /** Pictures for a run that nobody prepares here, or not any more. */
    record Unknown() implements Preparation {}
}
