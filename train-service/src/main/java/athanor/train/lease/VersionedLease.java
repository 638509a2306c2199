package athanor.train.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lease as it was read or written.
 *
 * @param etag names exactly this content; a conditional write against it fails when anybody wrote in between
 * @param age how long ago it was written, by the store's clock; absent when that is not known
 */
public record VersionedLease(
        Lease lease, String etag, @Nullable Duration age) {}
