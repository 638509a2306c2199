/** Training programs for machines that have PyTorch but no Java: {@link athanor.tools.emit.EmitCommand}. */
@NullMarked
package athanor.tools.emit;

import org.jspecify.annotations.NullMarked;
