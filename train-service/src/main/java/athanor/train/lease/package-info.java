/**
 * Who trains a run: the lease object and its rules.
 *
 * <p>{@link athanor.train.lease.Lease} is the whole truth about one training, one small JSON object in the store that
 * only conditional writes change. {@link athanor.train.lease.Leases} reads and writes it, {@link
 * athanor.train.lease.HeldLease} is it in the hands of the worker that trains, {@link athanor.train.lease.LeaseWatch}
 * tells a live holder from a dead one. Nothing here knows Kafka or Quarkus, or what a training is.
 */
@NullMarked
package athanor.train.lease;

import org.jspecify.annotations.NullMarked;
