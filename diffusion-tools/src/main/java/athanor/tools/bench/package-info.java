/**
 * Measures sampling and training on a base, alone or in turns with diffusers and peft, and prints a table:
 * {@link athanor.tools.bench.BenchCommand}.
 */
@NullMarked
package athanor.tools.bench;

import org.jspecify.annotations.NullMarked;
