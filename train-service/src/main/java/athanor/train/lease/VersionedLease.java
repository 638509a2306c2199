package athanor.train.lease;

/**
 * A lease as it was read or written.
 *
 * @param etag names exactly this content; a conditional write against it fails when anybody wrote in between
 */
public record VersionedLease(Lease lease, String etag) {}
