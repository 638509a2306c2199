package athanor.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as it stands in an {@link athanor.contracts.ObjectRef}. */
public final class Sha256 {

    private Sha256() {}

    /** 64 lower-case hexadecimal digits. */
    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /** The same of bytes that are read in pieces. */
    public static String of(Content content) throws IOException {
        try (InputStream in = content.open()) {
            DigestOutputStream hashed = hashing(OutputStream.nullOutputStream());
            in.transferTo(hashed);
            return of(hashed);
        }
    }

    /** Of everything that went through so far. */
    static String of(DigestOutputStream hashed) {
        return hex(hashed.getMessageDigest().digest());
    }

    static DigestOutputStream hashing(OutputStream out) {
        return new DigestOutputStream(out, digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
