package athanor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The keys that open the services: of each only its hash is known here, so that whoever reads the settings has none. */
public final class ApiKeys {

    private static final int HASH_DIGITS = 64;

    private final List<Entry> entries;

    private record Entry(Tenant tenant, byte[] sha256) {}

    private ApiKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param written each {@code TENANT:HASH}, the hash being the SHA-256 of the key in hexadecimal digits
     * @throws IllegalArgumentException with a sentence that does not repeat what may be a key
     */
    public static ApiKeys of(List<String> written) {
        return new ApiKeys(written.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(ApiKeys::entry)
                .toList());
    }

    private static Entry entry(String written) {
        int colon = written.indexOf(':');
        String hash = written.substring(colon + 1);
        if (colon < 1 || !hash.matches("[0-9a-fA-F]{%d}".formatted(HASH_DIGITS))) {
            throw new IllegalArgumentException(
                    "athanor.access.keys wants TENANT:HASH, the SHA-256 of the key in %d hexadecimal digits, and one entry is not like that; deploy/make-key makes one"
                            .formatted(HASH_DIGITS));
        }
        return new Entry(new Tenant(written.substring(0, colon)), HexFormat.of().parseHex(hash.toLowerCase()));
    }

    /** Whether nobody needs a key. */
    public boolean none() {
        return entries.isEmpty();
    }

    /** Takes as long for a wrong key as for a right one. */
    public Optional<Tenant> tenantOf(String key) {
        byte[] hash = sha256(key);
        Optional<Tenant> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256(), hash)) {
                found = Optional.of(entry.tenant());
            }
        }
        return found;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
