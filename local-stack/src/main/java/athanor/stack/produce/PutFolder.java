package athanor.stack.produce;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.RequestedPicture;
import athanor.stack.client.Photograph;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.StoreKeys;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Puts photographs into a bucket as any S3 client does. */
public final class PutFolder {

    private final MinioClient store;
    private final String endpoint;
    private final String bucket;

    public PutFolder(String endpoint, String bucket, StoreKeys keys) {
        this.store = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(keys.accessKey(), keys.secretKey())
                .build();
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    /**
     * @param prefix of the keys, with its slash
     * @return the pictures as {@code RunRequested} names them
     */
    public List<RequestedPicture> put(String prefix, List<Photograph> photographs) {
        return photographs.stream().map(photograph -> put(prefix, photograph)).toList();
    }

    private RequestedPicture put(String prefix, Photograph photograph) {
        byte[] bytes = photograph.bytes();
        String sha256 = sha256(bytes);
        // By its content: names of files are no keys, and what is sent twice lies there once.
        String key = prefix + sha256;
        try {
            store.putObject(PutObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .data(bytes, bytes.length)
                    .build());
        } catch (MinioException e) {
            throw new StackProblem(
                    "the store at %s did not take %s into the bucket %s: %s; name another with --store and --bucket, and its keys in %s and %s"
                            .formatted(
                                    endpoint,
                                    photograph.fileName(),
                                    bucket,
                                    e.getMessage(),
                                    StoreKeys.ACCESS_KEY,
                                    StoreKeys.SECRET_KEY),
                    e);
        }
        return new RequestedPicture(
                new ObjectRef(bucket, key, bytes.length, sha256),
                photograph.fileName(),
                photograph.caption().orElse(null),
                photograph.regions().isEmpty() ? null : photograph.regions());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
