package athanor.store;

import athanor.contracts.ObjectRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the services ask of an object store: whole objects of any size, and writes of small ones that only one of several
 * racers wins. Every method throws {@link StoreException} with a sentence when the store cannot do it.
 */
public interface ObjectStore {

    /** The bucket that every write goes to. */
    String bucket();

    /** Writes the object whatever was there before. The answer can be sent in an event. */
    default ObjectRef put(String key, byte[] bytes, String contentType) {
        return put(key, Content.of(bytes), contentType);
    }

    /** Writes the object whatever was there before, large ones in parts, so that only a part of them stands in memory. */
    ObjectRef put(String key, Content content, String contentType);

    /**
     * Writes the object unless the key is taken. After a lost answer the client may try again and then find its own
     * object: a caller to whom that matters looks whose it is.
     */
    Stored putIfAbsent(String key, byte[] bytes, String contentType);

    /** Writes the object if nobody wrote it since the version with this ETag was found. */
    Stored replace(String key, String etag, byte[] bytes, String contentType);

    /** The object's bytes, checked against length and hash. Reads from the bucket that the reference names. */
    byte[] read(ObjectRef ref);

    /**
     * Writes the object's bytes to a file, checked as {@link #read} does, so that a large one never stands in memory. After a
     * failure there is no such file.
     */
    void download(ObjectRef ref, Path into);

    /** The object as it is now, for documents that change, such as a lease; checked against the hash written with it. */
    Optional<Versioned> find(String key);

    /** What the store knows of the object without sending it. */
    Optional<ObjectFacts> stat(String key);

    /** Keys that start with the prefix, in the order of their bytes. */
    List<String> list(String prefix);

    /** What lies in any bucket under a prefix, in the order of the keys' bytes. */
    List<Listed> list(String bucket, String prefix);

    /** What lies under a prefix: a word for the version of each object by its key; another version has another word. */
    Map<String, String> versions(String prefix);

    /**
     * Writes to a file what another program has put into a bucket, without telling anybody its hash.
     *
     * @param most bytes; a longer object is refused as {@link StoreException.Kind#TOO_LARGE}
     * @return the object as it was found
     */
    ObjectRef download(String bucket, String key, long most, Path into);

    /** The store copies the object to another key by itself. */
    ObjectRef copy(ObjectRef from, String key);

    /** An address at which anybody may write this object, by PUT and without any other right, for a while. */
    URI uploadAddress(String key, Duration validFor);

    /**
     * An address at which anybody may read this object, by GET and without any other right, for a while.
     *
     * @param fileName under which a browser saves it
     */
    URI downloadAddress(ObjectRef ref, String fileName, Duration validFor);

    /** Removes the object; it is no mistake when there is none. */
    void delete(String key);
}
