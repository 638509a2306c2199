/**
 * What a LoRA cannot draw: sizes and framings it was never shown. The facts come from the LoRA file itself, so a guard
 * also speaks for files that were trained elsewhere, as far as they say anything. Guards warn; they change nothing.
 */
@NullMarked
package athanor.guards;

import org.jspecify.annotations.NullMarked;
