/**
 * What services tell one another: the facts as records, the commands of a run, their types and ids, and the topics that carry
 * them. {@link athanor.contracts.events.EventType} lists them all.
 */
@NullMarked
package athanor.contracts.events;

import org.jspecify.annotations.NullMarked;
