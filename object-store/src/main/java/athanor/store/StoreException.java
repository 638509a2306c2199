package athanor.store;

import athanor.contracts.ObjectRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store did not do what was asked. The message is a sentence: what was found, what was wanted, what to do. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Kinds of trouble, because each asks for something else. */
    public enum Kind {
        /** Nobody answers, or the answer breaks off: try again. */
        UNREACHABLE,
        /** The access key, the secret key or the rights are wrong. */
        REFUSED,
        /** The object or the bucket does not exist. */
        MISSING,
        /** The bytes are not those that were written. */
        DAMAGED,
        /** No room left. */
        FULL,
        /** The store takes nothing of that size, today or tomorrow. */
        TOO_LARGE,
        /** What was to be sent or received could not be read or kept on this side. */
        LOCAL,
        /** An answer that no server should give. */
        UNEXPECTED
    }

    private final Kind kind;

    StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call can succeed later without anybody changing anything in Athanor. */
    public boolean mayPass() {
        return kind == Kind.UNREACHABLE || kind == Kind.FULL;
    }

    static StoreException damaged(ObjectRef ref, long bytes, String sha256) {
        return new StoreException(
                Kind.DAMAGED,
                "object %s/%s is damaged: wanted %d bytes with sha256 %s, found %d bytes with sha256 %s; write it again"
                        .formatted(ref.bucket(), ref.key(), ref.bytes(), ref.sha256(), bytes, sha256),
                null);
    }

    static StoreException damaged(ObjectRef ref, byte[] found) {
        return damaged(ref, found.length, Sha256.of(found));
    }

    static StoreException tooLargeForMemory(String bucket, String key, long bytes, long most) {
        return new StoreException(
                Kind.LOCAL,
                "object %s/%s has %d bytes, at most %d can be read here; name another object, or give this service more memory (-Xmx)"
                        .formatted(bucket, key, bytes, most),
                null);
    }

    static StoreException longerThan(String bucket, String key, long most) {
        return new StoreException(
                Kind.TOO_LARGE,
                "object %s/%s has more than the %d bytes that are read".formatted(bucket, key, most),
                null);
    }

    static StoreException local(String what, IOException cause) {
        return new StoreException(
                Kind.LOCAL, "%s (%s); free space there or check the rights".formatted(what, cause.getMessage()), cause);
    }

    static StoreException missing(String bucket, String key, @Nullable Throwable cause) {
        return new StoreException(
                Kind.MISSING,
                "object %s/%s does not exist; it was deleted, or the reference names another store"
                        .formatted(bucket, key),
                cause);
    }
}
