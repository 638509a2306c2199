package athanor.sample.render;

import athanor.contracts.Size;

/**
 * What is drawn before a picture that is larger than what a LoRA knows: it is enlarged then, and drawn over.
 *
 * @param size at which the composition is made
 * @param refine how much of a trajectory the enlarged picture goes through, 0 to 1
 */
public record FirstPass(Size size, double refine) {}
