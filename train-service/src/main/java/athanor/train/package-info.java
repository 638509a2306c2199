/**
 * train-service: trains LoRAs, one at a time. Here is what an operator looks for: the settings, how the parts are put
 * together, what is served over HTTP, what the worker computes on and what it is called.
 *
 * <p>Ways in: {@link athanor.train.worker.Worker} (the training queue), the consumer of run commands, and {@link
 * athanor.train.WorkerResource}. The use case is {@link athanor.train.training.TrainLora}, what it trains is in {@code
 * dreambooth}, what it tells in {@code publish}. {@link athanor.train.reconcile.Reconciler} sees to it that no run is
 * forgotten. Who may train is decided in {@code lease} alone; the mathematics is in the diffusion library.
 */
@NullMarked
package athanor.train;

import org.jspecify.annotations.NullMarked;
