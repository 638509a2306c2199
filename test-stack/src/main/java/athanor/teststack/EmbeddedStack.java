package athanor.teststack;

import java.nio.file.Path;

/** Broker and store in this JVM, on free ports of the loopback interface, in a folder that goes away with them. */
final class EmbeddedStack implements TestStack {

    private final Path folder = TemporaryFolder.create();
    private final EmbeddedKafka kafka = new EmbeddedKafka(folder.resolve("kafka"));
    private final S3Address.Running store = EmbeddedS3.start(folder.resolve("s3"));

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public S3Address s3() {
        return store.address();
    }

    @Override
    public void close() {
        store.close();
        kafka.close();
        TemporaryFolder.delete(folder);
    }
}
