package athanor.store;

import athanor.store.StoreException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the client throws into sentences. The codes are S3's; XMinio… are MinIO's own. */
final class StoreErrors {

    private static final Set<String> REFUSED =
            Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed");
    private static final Set<String> FULL = Set.of("XMinioStorageFull", "InsufficientStorage", "QuotaExceeded");
    private static final Set<String> LARGE = Set.of("EntityTooLarge", "MaxMessageLengthExceeded");
    private static final Set<String> GONE = Set.of("NoSuchKey", "ResourceNotFound");
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})");

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
                || status(e) == PRECONDITION_FAILED;
    }

    /** HTTP status of an answer without S3's XML, 0 when the exception holds none; the client may keep it in its sentence alone. */
    private static int status(Exception e) {
        if (e instanceof ServerException server) {
            return server.statusCode();
        }
        Matcher said = STATUS.matcher(e instanceof InvalidResponseException ? String.valueOf(e.getMessage()) : "");
        return said.find() ? Integer.parseInt(said.group(1)) : 0;
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
        if (LARGE.contains(code) || status(e) == CONTENT_TOO_LARGE) {
            return new StoreException(
                    Kind.TOO_LARGE,
                    "the store at %s refuses to %s %s because %d bytes are too many for it; raise its limit or that of the proxy before it"
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
        return status(e) == INSUFFICIENT_STORAGE
                || FULL.contains(code)
                || String.valueOf(e.getMessage()).contains("No space left");
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
