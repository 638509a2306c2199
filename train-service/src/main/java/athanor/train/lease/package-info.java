/**
 * Who trains a run: the lease object, its rules, and the checkpoints it points at.
 *
 * <p>{@link athanor.train.lease.Lease} is the whole truth about one training, one small JSON object in the store that
 * only conditional writes change. {@link athanor.train.lease.Leases} reads and writes it, {@link
 * athanor.train.lease.HeldLease} is it in the hands of the worker that trains, {@link athanor.train.lease.LeaseWatch}
 * tells a live holder from a dead one. Nothing here knows Kafka, HTTP or Quarkus, or how a training computes.
 */
@NullMarked
package athanor.train.lease;

import org.jspecify.annotations.NullMarked;
