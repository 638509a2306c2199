/** What either layout on disk comes to: weights by diffusers' names, read tensor by tensor, with the parts' configurations. */
@NullMarked
package athanor.diffusion.checkpoint;

import org.jspecify.annotations.NullMarked;
