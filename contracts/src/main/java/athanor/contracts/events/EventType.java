package athanor.contracts.events;

import java.util.Arrays;
import java.util.Optional;

/** Every event with its name on the wire ({@code ce_type}), its record and its topic. */
public enum EventType {
    RUN_REQUESTED(RunRequested.class, Topics.RUN_REQUESTED),
    DATASET_ACCEPTED(DatasetAccepted.class, Topics.DATASET_ACCEPTED),
    CLASS_PICTURES_REQUESTED(ClassPicturesRequested.class, Topics.CLASS_PICTURES),
    CLASS_PICTURES_RENDERED(ClassPicturesRendered.class, Topics.CLASS_PICTURES),
    DATASET_PREPARED(DatasetPrepared.class, Topics.TRAINING_QUEUE_PREFIX),
    DRAWING_PROGRESSED(DrawingProgressed.class, Topics.TRAINING_PROGRESS),
    TRAINING_PROGRESSED(TrainingProgressed.class, Topics.TRAINING_PROGRESS),
    CHECKPOINT_SAVED(CheckpointSaved.class, Topics.LORA_TRAINED),
    LORA_TRAINED(LoraTrained.class, Topics.LORA_TRAINED),
    SAMPLES_RENDERED(SamplesRendered.class, Topics.SAMPLES_RENDERED),
    PROOF_RENDERED(ProofRendered.class, Topics.PROOFS),
    CANCEL_RUN(RunCommand.CancelRun.class, Topics.RUN_COMMANDS),
    STOP_AND_KEEP(RunCommand.StopAndKeep.class, Topics.RUN_COMMANDS),
    PAUSE_RUN(RunCommand.PauseRun.class, Topics.RUN_COMMANDS),
    RESUME_RUN(RunCommand.ResumeRun.class, Topics.RUN_COMMANDS),
    SAMPLE_NOW(RunCommand.SampleNow.class, Topics.RUN_COMMANDS),
    RUN_SNAPSHOT(RunSnapshot.class, Topics.RUN_STATE),
    RUN_ERASED(RunErased.class, Topics.RUN_ERASED);

    /** The only version so far; a record whose meaning changes gets a new name on the wire beside the old one. */
    private static final String VERSION = ".v1";

    private final Class<? extends RunEvent> record;
    private final String topic;

    EventType(Class<? extends RunEvent> record, String topic) {
        this.record = record;
        this.topic = topic;
    }

    /** For example {@code athanor.DatasetAccepted.v1}. */
    public String wire() {
        return "athanor." + record.getSimpleName() + VERSION;
    }

    public Class<? extends RunEvent> record() {
        return record;
    }

    /** Topic of the event; {@link DatasetPrepared} goes to one queue per memory class, see {@link #topicOf}. */
    public String topic() {
        return topic;
    }

    /** The topic that carries this very event. */
    public static String topicOf(RunEvent event) {
        return event instanceof DatasetPrepared prepared
                ? Topics.trainingQueue(prepared.memoryClass())
                : of(event).topic;
    }

    public static EventType of(RunEvent event) {
        return Arrays.stream(values())
                .filter(type -> type.record == event.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is no event of the contracts"
                        .formatted(event.getClass().getName())));
    }

    /** Empty for a name that is not ours or of a version this build does not know. */
    public static Optional<EventType> ofWire(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }
}
