package athanor.store;

import athanor.contracts.ObjectRef;
import athanor.store.StoreException.Kind;
import io.minio.BucketExistsArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Any S3 server through the MinIO client. Safe for many threads. The client hides a broken connection in an
 * IllegalStateException, which is therefore caught beside its own exceptions.
 */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    private static final String HASH = "sha256";
    private static final String HASH_HEADER = "x-amz-meta-" + HASH;
    private static final int MOST_READS = 4;

    /**
     * What is longer is sent in parts of this size. Servers limit a single write (S3Proxy to 128 MiB because it checks the
     * signature of the whole), and the client holds one part; ten thousand parts, the most there may be, make 156 GiB.
     */
    private static final long PART_BYTES = 16L << 20;

    private static final int PIECE_BYTES = 1 << 16;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** A stranger may name any object, and one that does not fit would end the process. */
    private static final long MOST_IN_MEMORY =
            Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2);

    private final MinioClient client;
    /** Signs for the address by which strangers reach the store; asks nobody. */
    private final MinioClient signer;

    private final String bucket;
    private final StoreErrors errors;

    /** @param endpoint for example {@code http://127.0.0.1:9000} */
    public MinioObjectStore(String endpoint, String accessKey, String secretKey, String bucket, String region) {
        this(endpoint, endpoint, accessKey, secretKey, bucket, region);
    }

    /** @param publicEndpoint the same store as those reach it who were given an address for an upload */
    public MinioObjectStore(
            String endpoint, String publicEndpoint, String accessKey, String secretKey, String bucket, String region) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(ANSWER)
                .writeTimeout(ANSWER)
                .build();
        this.client = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(accessKey, secretKey)
                .region(region)
                .httpClient(http, true)
                .build();
        this.signer = publicEndpoint.equals(endpoint)
                ? client
                : MinioClient.builder()
                        .endpoint(publicEndpoint)
                        .credentials(accessKey, secretKey)
                        .region(region)
                        .build();
        this.bucket = bucket;
        this.errors = new StoreErrors(endpoint);
    }

    /** A fresh store has no bucket yet; several services may find that out at once. */
    public void createBucketIfMissing() {
        try {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
        } catch (MinioException | IllegalStateException e) {
            if (!errors.code(e).startsWith("BucketAlready")) {
                throw errors.explain(e, "create the bucket", bucket, "", 0);
            }
        }
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public ObjectRef put(String key, Content content, String contentType) {
        long length = content.bytes();
        try (InputStream in = content.open()) {
            String sha256 = Sha256.of(content);
            PutObjectArgs.Builder args = aimedAt(key, sha256, contentType);
            if (length <= PART_BYTES) {
                args.data(in.readAllBytes(), (int) length);
            } else {
                args.stream(in, length, PART_BYTES);
            }
            client.putObject(args.build());
            return new ObjectRef(bucket, key, length, sha256);
        } catch (MinioException | IllegalStateException e) {
            throw errors.explain(e, "write", bucket, key, length);
        } catch (IOException e) {
            throw StoreException.local("what is to be written to %s/%s cannot be read".formatted(bucket, key), e);
        }
    }

    @Override
    public Stored putIfAbsent(String key, byte[] bytes, String contentType) {
        return conditionally(key, bytes, contentType, Map.of("If-None-Match", "*"));
    }

    @Override
    public Stored replace(String key, String etag, byte[] bytes, String contentType) {
        return conditionally(key, bytes, contentType, Map.of("If-Match", '"' + etag + '"'));
    }

    private Stored conditionally(String key, byte[] bytes, String contentType, Map<String, String> condition) {
        try {
            return new Stored.Created(unquoted(client.putObject(aimedAt(key, Sha256.of(bytes), contentType)
                            .data(bytes, bytes.length)
                            .extraHeaders(condition)
                            .build())
                    .etag()));
        } catch (MinioException | IllegalStateException e) {
            if (errors.lostRace(e)) {
                return new Stored.AlreadyThere();
            }
            throw errors.explain(e, "write", bucket, key, bytes.length);
        }
    }

    private PutObjectArgs.Builder aimedAt(String key, String sha256, String contentType) {
        return PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .contentType(contentType)
                .userMetadata(Map.of(HASH, sha256));
    }

    @Override
    public byte[] read(ObjectRef ref) {
        byte[] found = fetch(ref.bucket(), ref.key())
                .orElseThrow(() -> StoreException.missing(ref.bucket(), ref.key(), null))
                .object()
                .bytes();
        if (found.length != ref.bytes() || !Sha256.of(found).equals(ref.sha256())) {
            throw StoreException.damaged(ref, found);
        }
        return found;
    }

    @Override
    public void download(ObjectRef ref, Path into) {
        boolean whole = false;
        try (GetObjectResponse answer = client.getObject(GetObjectArgs.builder()
                        .bucket(ref.bucket())
                        .object(ref.key())
                        .build());
                LocalCopy copy = LocalCopy.into(into)) {
            byte[] piece = new byte[PIECE_BYTES];
            // What is longer than it should be is damaged, and no reason to fill the disk.
            for (int read = answer.read(piece); read >= 0 && copy.bytes() <= ref.bytes(); read = answer.read(piece)) {
                copy.append(piece, read);
            }
            copy.mustBe(ref);
            whole = true;
        } catch (MinioException | IllegalStateException | IOException e) {
            throw errors.explain(e, "read", ref.bucket(), ref.key(), ref.bytes());
        } finally {
            if (!whole) {
                deleteQuietly(into);
            }
        }
    }

    private static void deleteQuietly(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            // what went wrong before is the thing to tell
        }
    }

    /** Checked against the hash that {@link #put} left beside the object; what others wrote without one is taken as it is. */
    @Override
    public Optional<Versioned> find(String key) {
        for (int tries = 1; ; tries++) {
            Optional<Fetched> found = fetch(bucket, key);
            if (found.isEmpty() || found.get().isWhole()) {
                return found.map(Fetched::object);
            }
            // A server may answer with the hash of one version and the bytes of the next when it is just being
            // replaced.
            if (tries == MOST_READS) {
                throw StoreException.damaged(
                        found.get().promised(bucket, key), found.get().object().bytes());
            }
        }
    }

    /** @param written hash that was kept when it was written; empty when nobody kept one */
    private record Fetched(Versioned object, String written) {

        boolean isWhole() {
            return written.isEmpty() || written.equals(Sha256.of(object.bytes()));
        }

        /** How long it was is not known any more. */
        ObjectRef promised(String bucket, String key) {
            return new ObjectRef(bucket, key, object.bytes().length, written);
        }
    }

    private Optional<Fetched> fetch(String from, String key) {
        try (GetObjectResponse answer = client.getObject(
                GetObjectArgs.builder().bucket(from).object(key).build())) {
            Versioned object = new Versioned(
                    allOf(answer, from, key), unquoted(answer.headers().get("ETag")), age(answer.headers()));
            String written = answer.headers().get(HASH_HEADER);
            return Optional.of(new Fetched(object, written == null ? "" : written));
        } catch (MinioException | IllegalStateException | IOException e) {
            if (errors.noSuchKey(e)) {
                return Optional.empty();
            }
            throw errors.explain(e, "read", from, key, 0);
        }
    }

    /** Into an array of the announced length: one that grows holds the object twice. */
    private static byte[] allOf(GetObjectResponse answer, String from, String key) throws IOException {
        String announced = answer.headers().get("Content-Length");
        if (announced == null) {
            return answer.readAllBytes();
        }
        long length = Long.parseLong(announced);
        if (length > MOST_IN_MEMORY) {
            throw StoreException.tooLargeForMemory(from, key, length, MOST_IN_MEMORY);
        }
        byte[] bytes = new byte[(int) length];
        int read = answer.readNBytes(bytes, 0, bytes.length);
        if (read < bytes.length) {
            throw new EOFException("the answer broke off after %d of %d bytes".formatted(read, bytes.length));
        }
        return bytes;
    }

    /** Both times are the server's, so it does not matter what time it is here. */
    private static @Nullable Duration age(Headers headers) {
        Instant written = headers.getInstant("Last-Modified");
        Instant now = headers.getInstant("Date");
        return written == null || now == null ? null : Duration.between(written, now);
    }

    @Override
    public Optional<ObjectFacts> stat(String key) {
        try {
            StatObjectResponse found = client.statObject(
                    StatObjectArgs.builder().bucket(bucket).object(key).build());
            String sha256 = found.userMetadata().getFirst(HASH);
            return Optional.of(new ObjectFacts(sha256));
        } catch (MinioException | IllegalStateException e) {
            if (errors.noSuchKey(e)) {
                return Optional.empty();
            }
            throw errors.explain(e, "look at", bucket, key, 0);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return list(bucket, prefix).stream().map(Listed::key).toList();
    }

    @Override
    public List<Listed> list(String from, String prefix) {
        List<Listed> found = new ArrayList<>();
        each(from, prefix, item -> found.add(new Listed(item.objectName(), item.size())));
        return List.copyOf(found);
    }

    @Override
    public Map<String, String> versions(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        each(bucket, prefix, item -> found.put(item.objectName(), item.etag()));
        return found;
    }

    private void each(String from, String prefix, Consumer<Item> listed) {
        try {
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(from)
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                listed.accept(item.get());
            }
        } catch (MinioException | IllegalStateException e) {
            throw errors.explain(e, "list", from, prefix, 0);
        }
    }

    @Override
    public ObjectRef download(String from, String key, long most, Path into) {
        boolean whole = false;
        try (GetObjectResponse answer = client.getObject(
                        GetObjectArgs.builder().bucket(from).object(key).build());
                LocalCopy copy = LocalCopy.into(into)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = answer.read(piece); read >= 0; read = answer.read(piece)) {
                copy.append(piece, read);
                if (copy.bytes() > most) {
                    throw StoreException.longerThan(from, key, most);
                }
            }
            ObjectRef found = copy.found(from, key);
            whole = true;
            return found;
        } catch (MinioException | IllegalStateException | IOException e) {
            throw errors.explain(e, "read", from, key, 0);
        } finally {
            if (!whole) {
                deleteQuietly(into);
            }
        }
    }

    @Override
    public ObjectRef copy(ObjectRef from, String key) {
        try {
            client.copyObject(CopyObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .source(SourceObject.builder()
                            .bucket(from.bucket())
                            .object(from.key())
                            .build())
                    .build());
            return new ObjectRef(bucket, key, from.bytes(), from.sha256());
        } catch (MinioException | IllegalStateException e) {
            throw errors.noSuchKey(e)
                    ? StoreException.missing(from.bucket(), from.key(), e)
                    : errors.explain(e, "copy", from.bucket(), from.key(), from.bytes());
        }
    }

    @Override
    public URI uploadAddress(String key, Duration validFor) {
        return signed(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.PUT)
                .bucket(bucket)
                .object(key)
                .expiry((int) validFor.toSeconds())
                .build());
    }

    @Override
    public URI downloadAddress(ObjectRef ref, String fileName, Duration validFor) {
        return signed(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(ref.bucket())
                .object(ref.key())
                .expiry((int) validFor.toSeconds())
                .extraQueryParams(
                        Map.of("response-content-disposition", "attachment; filename=\"%s\"".formatted(fileName)))
                .build());
    }

    private URI signed(GetPresignedObjectUrlArgs request) {
        try {
            return URI.create(signer.getPresignedObjectUrl(request));
        } catch (MinioException | IllegalStateException e) {
            throw errors.explain(e, "sign an address for", request.bucket(), request.object(), 0);
        }
    }

    @Override
    public void delete(String key) {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key).build());
        } catch (MinioException | IllegalStateException e) {
            if (!errors.noSuchKey(e)) {
                throw errors.explain(e, "delete", bucket, key, 0);
            }
        }
    }

    private static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    @Override
    public void close() {
        try {
            client.close();
            if (signer != client) {
                signer.close();
            }
        } catch (Exception e) {
            throw new StoreException(Kind.UNEXPECTED, "the store's client did not close", e);
        }
    }
}
