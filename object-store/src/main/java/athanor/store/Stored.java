package athanor.store;

/** How a conditional write ended. Both are expected: several workers race for one key and one wins. */
public sealed interface Stored {

    /** @param etag version that was written, to be given to {@link ObjectStore#replace} */
    record Created(String etag) implements Stored {}

    /** Another writer was first, or the version to be replaced is gone. Nothing was written. */
    record AlreadyThere() implements Stored {}
}
