/**
 * Training: the whole optimiser step (noise, networks, loss, gradient, clipping, AdamW) is one emitted program, one call into
 * libtorch. Everything random is drawn in Java from (seed, step) and passed in as data, so that a run that is resumed
 * continues as if it had never stopped.
 */
package athanor.diffusion.training;
