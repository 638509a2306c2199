package athanor.store;

/**
 * An object as it was when it was read.
 *
 * @param etag names this version, without quotation marks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying megabytes would only cost
public record Versioned(byte[] bytes, String etag) {}
