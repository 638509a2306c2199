package athanor.stack.infra;

import java.util.Optional;

/** The pair that signs requests to the store. */
public record StoreKeys(String accessKey, String secretKey) {

    /** As S3's own tools call them. */
    public static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

    public static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

    /** The store listens on loopback only, so its keys guard against mistakes and not against people. */
    public static final StoreKeys LOCAL = new StoreKeys("athanor", "athanor-secret");

    /** Those of the environment, which every S3 client reads; else those of the local stack. */
    public static StoreKeys given() {
        return Optional.ofNullable(System.getenv(ACCESS_KEY))
                .flatMap(access ->
                        Optional.ofNullable(System.getenv(SECRET_KEY)).map(secret -> new StoreKeys(access, secret)))
                .orElse(LOCAL);
    }
}
