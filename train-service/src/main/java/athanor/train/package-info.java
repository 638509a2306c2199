/**
 * train-service: trains LoRAs, one at a time.
 *
 * <p>Way in: {@link athanor.train.Worker} (the training queue) and the consumer of run commands. Use case: {@link
 * athanor.train.TrainLora}. {@link athanor.train.Caretaker} sees to it that no run is forgotten. Who may train is decided
 * in {@code athanor.train.lease}; the mathematics is in the diffusion library.
 */
@NullMarked
package athanor.train;

import org.jspecify.annotations.NullMarked;
