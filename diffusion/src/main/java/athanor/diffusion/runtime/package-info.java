/** A base model compiled and loaded: what the samplers and the trainer call. */
package athanor.diffusion.runtime;
