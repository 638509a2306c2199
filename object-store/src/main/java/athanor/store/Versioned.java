package athanor.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An object as it was when it was read.
 *
 * @param etag names this version, without quotation marks
 * @param age how long ago it was written, by the store's own clock and to the second; absent when the store does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying megabytes would only cost
public record Versioned(byte[] bytes, String etag, @Nullable Duration age) {}
