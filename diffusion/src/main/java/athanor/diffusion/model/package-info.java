/**
 * Base models on disk: a diffusers folder or a single-file checkpoint becomes configurations, weights by diffusers'
 * names and tokenizers. Nothing is computed here; the networks are in {@code athanor.diffusion.network}.
 */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.model;
