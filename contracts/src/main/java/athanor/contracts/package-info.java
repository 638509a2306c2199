/**
 * The words that all services share: run ids, object references, the recipe, the events with their topics, and their
 * JSON form. Records, enums and sealed interfaces only; nothing here opens a connection, reads a setting or knows a
 * framework. {@link athanor.contracts.Json} is the one class that imports Jackson.
 *
 * <p>A field that may be absent is {@link org.jspecify.annotations.Nullable} and left out of the JSON. Times are
 * instants in UTC, durations are seconds, picture sizes are pixels.
 */
@NullMarked
package athanor.contracts;

import org.jspecify.annotations.NullMarked;
