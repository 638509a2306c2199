/**
 * Accidents at moments that a seed decides: processes are killed and frozen, broker and store go away, the disk is full. Afterwards every
 * run must have come to its end, once. Broker, store and workers are processes of their own.
 */
@NullMarked
package athanor.endurance.chaos;

import org.jspecify.annotations.NullMarked;
