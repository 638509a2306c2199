/** What is known of a single picture: what was measured, who is in it, and what its owner should know. */
@NullMarked
package athanor.contracts.picture;

import org.jspecify.annotations.NullMarked;
