package athanor.teststack;

/** A broker and a store that a test can talk to. */
public interface TestStack extends AutoCloseable {

    /** {@code host:port} of the broker. */
    String bootstrapServers();

    S3Address s3();

    @Override
    void close();

    /** Both, as {@code -Dstack} says. */
    static TestStack start() {
        String stack = System.getProperty("stack", "embedded");
        return switch (stack) {
            case "embedded" -> new EmbeddedStack();
            case "containers" -> new ContainersStack();
            case "external" -> new ExternalStack();
            default ->
                throw new IllegalArgumentException(
                        "-Dstack must be embedded, containers or external, got '%s'".formatted(stack));
        };
    }
}
