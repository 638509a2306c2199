package athanor.stack.infra;

/** The pair that signs requests to the store. */
public record StoreKeys(String accessKey, String secretKey) {

    /** The store listens on loopback only, so its keys guard against mistakes and not against people. */
    public static final StoreKeys LOCAL = new StoreKeys("athanor", "athanor-secret");
}
