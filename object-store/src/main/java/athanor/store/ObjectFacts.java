package athanor.store;

import org.jspecify.annotations.Nullable;

/**
 * What a store says about an object without sending it.
 *
 * @param sha256 lower-case hexadecimal hash that the writer kept beside the object; absent when another program wrote it
 *     or when the store loses metadata
 */
public record ObjectFacts(@Nullable String sha256) {}
