package athanor.store;

import athanor.contracts.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;

/** A file that an object is copied to, hashed as it grows. Its troubles are this machine's and not the store's. */
final class LocalCopy implements AutoCloseable {

    private final Path file;
    private final DigestOutputStream out;
    private long bytes;

    private LocalCopy(Path file, DigestOutputStream out) {
        this.file = file;
        this.out = out;
    }

    static LocalCopy into(Path file) {
        try {
            return new LocalCopy(file, Sha256.hashing(Files.newOutputStream(file)));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    void append(byte[] piece, int length) {
        try {
            out.write(piece, 0, length);
            bytes += length;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** How many there are until now. */
    long bytes() {
        return bytes;
    }

    /** Once, at the end. */
    void mustBe(ObjectRef ref) {
        String sha256 = Sha256.of(out);
        if (bytes != ref.bytes() || !sha256.equals(ref.sha256())) {
            throw StoreException.damaged(ref, bytes, sha256);
        }
    }

    /** Once, at the end; for an object whose hash nobody knew. */
    ObjectRef found(String bucket, String key) {
        return new ObjectRef(bucket, key, bytes, Sha256.of(out));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static StoreException unusable(Path file, IOException e) {
        return StoreException.local("the file %s cannot be written".formatted(file), e);
    }
}
