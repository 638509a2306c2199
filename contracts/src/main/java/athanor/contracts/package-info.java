/**
 * The words that all services share. Here stand the values that every package below uses; below are the recipe, a run and its
 * pictures, the events with their topics, what goes over REST, and the JSON form of it all. Records, enums and sealed
 * interfaces only; nothing opens a connection, reads a setting or knows a framework.
 *
 * <p>A field that may be absent is {@link org.jspecify.annotations.Nullable} and left out of the JSON. Times are
 * instants in UTC, durations are seconds, picture sizes are pixels.
 */
@NullMarked
package athanor.contracts;

import org.jspecify.annotations.NullMarked;
