package athanor.ingest;

import org.jspecify.annotations.Nullable;

/** A picture that its owner puts into the store by himself. */
record AwaitedUpload(String fileName, @Nullable String caption) {}
