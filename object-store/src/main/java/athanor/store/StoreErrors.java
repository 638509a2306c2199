package athanor.store;

import athanor.store.StoreException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what the client throws into sentences. The codes are S3's; XMinio… are MinIO's own. */
final class StoreErrors {

    private static final Set<String> REFUSED =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed");
    private static final Set<String> FULL = Set.of("XMinioStorageFull", "InsufficientStorage", "QuotaExceeded");
    private static final Set<String> GONE = Set.of("NoSuchKey", "ResourceNotFound");
    private static final int PRECONDITION_FAILED = 412;
    private static final int INSUFFICIENT_STORAGE = 507;

    private final String endpoint;

    StoreErrors(String endpoint) {
        this.endpoint = endpoint;
    }

    /** S3's code of the error, empty when the server gave none. */
    String code(Exception e) {
        return e instanceof ErrorResponseException answer
                        && answer.errorResponse().code() != null
                ? answer.errorResponse().code()
                : "";
    }

    boolean noSuchKey(Exception e) {
        return GONE.contains(code(e));
    }

    /** 412: the condition does not hold; 409: two conditional writes met; 404: the version to be replaced is gone. */
    boolean lostRace(Exception e) {
        String code = code(e);
        return code.equals("PreconditionFailed")
                || code.equals("ConditionalRequestConflict")
                || noSuchKey(e)
                || e instanceof ServerException server && server.statusCode() == PRECONDITION_FAILED;
    }

    StoreException explain(Exception e, String verb, String bucket, String key, long bytes) {
        String what = key.isEmpty() ? bucket : bucket + "/" + key;
        String code = code(e);
        if (code.equals("NoSuchBucket")) {
            return new StoreException(
                    Kind.MISSING,
                    "the store at %s has no bucket '%s'; create it or change athanor.store.bucket"
                            .formatted(endpoint, bucket),
                    e);
        }
        if (noSuchKey(e)) {
            return StoreException.missing(bucket, key, e);
        }
        if (REFUSED.contains(code)) {
            return new StoreException(
                    Kind.REFUSED,
                    "the store at %s refuses to %s %s (%s); check athanor.store.access-key and athanor.store.secret-key"
                            .formatted(endpoint, verb, what, code),
                    e);
        }
        if (full(e, code)) {
            return new StoreException(
                    Kind.FULL,
                    "the store at %s has no room to %s %s (%d bytes); free space on its disk"
                            .formatted(endpoint, verb, what, bytes),
                    e);
        }
        Throwable io = ioCause(e);
        if (io != null) {
            return unreachable(io, verb + " " + what);
        }
        return new StoreException(
                Kind.UNEXPECTED,
                "the store at %s did not %s %s: %s".formatted(endpoint, verb, what, e.getMessage()),
                e);
    }

    private StoreException unreachable(Throwable io, String what) {
        return new StoreException(
                Kind.UNREACHABLE,
                "cannot %s: the store at %s does not answer (%s); start it or change athanor.store.endpoint"
                        .formatted(what, endpoint, io.getMessage()),
                io);
    }

    private static boolean full(Exception e, String code) {
        boolean status = e instanceof ServerException server && server.statusCode() == INSUFFICIENT_STORAGE;
        return status || FULL.contains(code) || String.valueOf(e.getMessage()).contains("No space left");
    }

    private static @Nullable Throwable ioCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause;
            }
        }
        return null;
    }
}
