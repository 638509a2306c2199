package athanor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key in an {@code Authorization}: programs bear it (RFC 6750), browsers send it as a password (RFC 7617). */
final class Credentials {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private Credentials() {}

    static Optional<String> key(@Nullable String authorization) {
        String given = authorization == null ? "" : authorization;
        if (starts(given, BEARER)) {
            return Optional.of(given.substring(BEARER.length()).strip());
        }
        return starts(given, BASIC) ? password(given.substring(BASIC.length()).strip()) : Optional.empty();
    }

    private static boolean starts(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
