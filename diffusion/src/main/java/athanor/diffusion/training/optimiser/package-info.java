/**
 * What moves the trained vector, given its gradient. AdamW is a method of the training program itself ({@link
 * athanor.diffusion.training.AdamWMethod}); the others are a few operations on flat vectors and numbers that the host keeps.
 */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.training.optimiser;
