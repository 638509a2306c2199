package athanor.teststack;

/**
 * Where a store is and how to sign requests to it.
 *
 * @param endpoint for example {@code http://127.0.0.1:9000}
 */
public record S3Address(String endpoint, String accessKey, String secretKey) {

    /** The store alone, for tests that need no broker; chosen by {@code -Dstack} as {@link TestStack#start()} does. */
    public static Running start() {
        String stack = System.getProperty("stack", "embedded");
        return switch (stack) {
            case "embedded" -> EmbeddedS3.start();
            case "containers" -> ContainersStack.storeOnly();
            case "external" -> new Running(external(), () -> {});
            default ->
                throw new IllegalArgumentException(
                        "-Dstack must be embedded, containers or external, got '%s'".formatted(stack));
        };
    }

    static S3Address external() {
        return new S3Address(
                ExternalStack.wanted("store.endpoint"),
                ExternalStack.wanted("store.access-key"),
                ExternalStack.wanted("store.secret-key"));
    }

    /** A store that somebody has to stop. */
    public record Running(S3Address address, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }
}
