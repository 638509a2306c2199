/** What came of a run: proof, passport and pictures on request. */
@NullMarked
package athanor.console.lora;

import org.jspecify.annotations.NullMarked;
