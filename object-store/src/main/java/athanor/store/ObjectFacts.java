package athanor.store;

import org.jspecify.annotations.Nullable;

/**
 * What a store says about an object without sending it.
 *
 * @param bytes length
 * @param etag names this version, without quotation marks
 * @param sha256 lower-case hexadecimal hash that the writer kept beside the object; absent when another program wrote it
 *     or when the store loses metadata
 */
public record ObjectFacts(
        long bytes,
        String etag,
        String contentType,
        @Nullable String sha256) {}
