package athanor.contracts.run;

/** Why a run failed: a closed list, each with what to do about it. The evidence travels beside it. */
public enum FailureReason {
    /** Not one picture passed the checks. */
    NO_USABLE_PICTURES("Look at the verdict of each picture, then start a new run with pictures that can be used."),
    /** No service knows a base model of that name. */
    UNKNOWN_BASE_MODEL("Put the base model into one of the folders of the setting athanor.base-models, or name one"
            + " that is there."),
    /** The base model is there, but its files cannot be read or are not what they should be. */
    BASE_MODEL_UNREADABLE(
            "Copy the base model again, whole: a diffusers folder or one .safetensors file of a family that"
                    + " Athanor knows; then start a new run."),
    /** A value of the recipe cannot be carried out. */
    BAD_RECIPE("Change the value that the evidence names and start a new run."),
    /** An object that an event names is gone, or its bytes are not those that were written. */
    OBJECT_MISSING_OR_DAMAGED(
            "Check the store's disk and that nobody else writes into the bucket, then start a new" + " run."),
    /** No worker has the memory, or one ran out of it. */
    OUT_OF_MEMORY("Lower training.area or training.batchSize, set athanor.train.recompute=true on the worker, or add a"
            + " worker with a bigger card."),
    /** The store does not take the state of the training, today or tomorrow. */
    CHECKPOINT_NOT_SAVED("Raise the limit that the evidence names, or lower network.rank and start a new run."),
    /** The loss or a gradient became not a number. */
    DIVERGED("Lower training.learningRate; the last good checkpoint is kept."),
    /** The LoRA that came out adds nothing to the base. */
    NOTHING_LEARNT(
            "Raise training.learningRate, and training.textEncoderLearningRate where the text encoder is trained, then"
                    + " start a new run."),
    /** The LoRA that came out cannot be read back, or another program would not use all of it. */
    LORA_NOT_USABLE(
            "Start a new run with network.targets=ATTENTION_AND_FEED_FORWARD, which every program reads, and report"
                    + " the fault with the evidence."),
    /** Several attempts ended with whoever made them: the run does harm and is not tried again. */
    POISONED("Read the evidence of each attempt; the log lines carry the run id."),
    /** Anything that nobody foresaw. */
    INTERNAL("Read the log lines with this run id and report the fault with them.");

    private final String remedy;

    FailureReason(String remedy) {
        this.remedy = remedy;
    }

    /** A sentence of what to do. */
    public String remedy() {
        return remedy;
    }
}
