package athanor.train;

import athanor.contracts.ObjectRef;
import athanor.store.Content;
import athanor.store.Listed;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectFacts;
import athanor.store.ObjectStore;
import athanor.store.Stored;
import athanor.store.Versioned;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The store as seen by a worker whose process is stopped and perhaps goes on much later: no request leaves it while it is
 * frozen, and those it was about to make are made when it thaws.
 */
final class FreezableStore implements ObjectStore {

    private final ObjectStore store;
    /** Where nobody listens: what a client says of a store that is away is said by the client itself. */
    private final ObjectStore nowhere =
            new MinioObjectStore("http://127.0.0.1:9", "key", "secret-key", "none", "us-east-1");

    private volatile boolean away;
    private volatile CountDownLatch thawed = new CountDownLatch(0);

    FreezableStore(ObjectStore store) {
        this.store = store;
    }

    void freeze() {
        thawed = new CountDownLatch(1);
    }

    /** From now on nobody answers, until {@link #comeBack}. */
    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void thaw() {
        thawed.countDown();
    }

    private <T> T when(Supplier<T> request) {
        try {
            thawed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (away) {
            nowhere.stat("anything");
        }
        return request.get();
    }

    @Override
    public List<Listed> list(String bucket, String prefix) {
        return when(() -> store.list(bucket, prefix));
    }

    @Override
    public Map<String, String> versions(String prefix) {
        return when(() -> store.versions(prefix));
    }

    @Override
    public ObjectRef download(String bucket, String key, long most, Path into) {
        return when(() -> store.download(bucket, key, most, into));
    }

    @Override
    public ObjectRef copy(ObjectRef from, String key) {
        return when(() -> store.copy(from, key));
    }

    @Override
    public URI downloadAddress(ObjectRef ref, String fileName, Duration validFor) {
        return store.downloadAddress(ref, fileName, validFor);
    }

    @Override
    public URI uploadAddress(String key, Duration validFor) {
        return store.uploadAddress(key, validFor);
    }

    @Override
    public String bucket() {
        return store.bucket();
    }

    @Override
    public ObjectRef put(String key, Content content, String contentType) {
        return when(() -> store.put(key, content, contentType));
    }

    @Override
    public Stored putIfAbsent(String key, byte[] bytes, String contentType) {
        return when(() -> store.putIfAbsent(key, bytes, contentType));
    }

    @Override
    public Stored replace(String key, String etag, byte[] bytes, String contentType) {
        return when(() -> store.replace(key, etag, bytes, contentType));
    }

    @Override
    public byte[] read(ObjectRef ref) {
        return when(() -> store.read(ref));
    }

    @Override
    public void download(ObjectRef ref, Path into) {
        when(() -> {
            store.download(ref, into);
            return into;
        });
    }

    @Override
    public Optional<Versioned> find(String key) {
        return when(() -> store.find(key));
    }

    @Override
    public Optional<ObjectFacts> stat(String key) {
        return when(() -> store.stat(key));
    }

    @Override
    public List<String> list(String prefix) {
        return when(() -> store.list(prefix));
    }

    @Override
    public void delete(String key) {
        when(() -> {
            store.delete(key);
            return key;
        });
    }
}
