/** What was measured of a LoRA. */
@NullMarked
package athanor.contracts.proof;

import org.jspecify.annotations.NullMarked;
