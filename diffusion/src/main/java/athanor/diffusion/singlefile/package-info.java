/**
 * Single-file checkpoints under the names of Stable Diffusion's own code (LDM, and SGM for XL): names and shapes become
 * diffusers' names and configurations.
 */
@NullMarked
package athanor.diffusion.singlefile;

import org.jspecify.annotations.NullMarked;
