/**
 * What the world hears of trainings: their events, each under an id that whoever tells it again repeats, and the numbers an
 * operator watches. {@link athanor.train.publish.Announcer} tells what must be told, {@link
 * athanor.train.publish.BestEffortPublisher} what a training goes on without. How an event travels is the shell's.
 */
@NullMarked
package athanor.train.publish;

import org.jspecify.annotations.NullMarked;
