/**
 * The pictures of a run: as they were named, accepted, refused, and as they were prepared for training.
 */
@NullMarked
package athanor.contracts.dataset;

import org.jspecify.annotations.NullMarked;
