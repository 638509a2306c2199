package athanor.contracts;

import java.util.regex.Pattern;

/**
 * Where an object lies and how to tell that it arrived whole. Bytes never travel on Kafka; this does.
 *
 * @param bucket bucket name as S3 writes it
 * @param key key inside the bucket, no leading slash
 * @param bytes length of the object in bytes
 * @param sha256 lower-case hexadecimal SHA-256 of the bytes, 64 characters
 */
public record ObjectRef(String bucket, String key, long bytes, String sha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ObjectRef {
        ObjectName.bucket(bucket, "bucket");
        ObjectName.key(key, "key");
        Check.atLeast(0, bytes, "bytes");
        Check.that(
                sha256 != null && SHA256.matcher(sha256).matches(),
                "sha256 has 64 lower-case hexadecimal digits, got '%s'",
                sha256);
    }
}
