/**
 * Measures sampling and training on a base, alone or in turns with diffusers and peft, and prints a table:
 * {@link athanor.diffusion.bench.Bench}.
 */
@NullMarked
package athanor.diffusion.bench;

import org.jspecify.annotations.NullMarked;
