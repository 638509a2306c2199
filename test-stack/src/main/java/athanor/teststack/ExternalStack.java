package athanor.teststack;

/** Servers that run already, given by system properties. */
final class ExternalStack implements TestStack {

    private final String broker = wanted("kafka.bootstrap.servers");
    private final S3Address store = S3Address.external();

    static String wanted(String property) {
        String value = System.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("-Dstack=external needs -D%s=...".formatted(property));
        }
        return value;
    }

    @Override
    public String bootstrapServers() {
        return broker;
    }

    @Override
    public S3Address s3() {
        return store;
    }

    @Override
    public void close() {
        // They were running before the tests and go on.
    }
}
