package athanor.contracts.recipe;

/** Which layers of the network get a low-rank detour. */
public enum Targets {
    /** Projections of the attention only, as in diffusers' scripts. */
    ATTENTION,
    /** Every linear layer and 1x1 convolution of the transformer blocks, as kohya does. */
    ATTENTION_AND_FEED_FORWARD,
    /** Those and the 3x3 convolutions of the residual blocks. */
    WITH_CONVOLUTIONS
}
