package athanor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.embeddedstore.EmbeddedStore;
import athanor.teststack.S3Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedUploadTest {

    private static final String ACCESS_KEY = "athanor";
    private static final String SECRET_KEY = "athanor-secret";
    private static final long PART = 16 << 20;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    /** A worker that is killed while it saves leaves parts behind, half a gibibyte of SDXL each time. */
    @Test
    void theLocalStoreDropsWhatAKilledWriterLeftAndKeepsTheRest() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder, 0, ACCESS_KEY, SECRET_KEY);
                MinioObjectStore client =
                        new MinioObjectStore(store.endpoint(), ACCESS_KEY, SECRET_KEY, "athanor-test", "us-east-1")) {
            client.createBucketIfMissing();
            client.put("runs/a/kept", "kept".getBytes(UTF_8), "text/plain");
            Process writer = LargeObjects.inAJvmOfItsOwn(
                    new S3Address(store.endpoint(), ACCESS_KEY, SECRET_KEY),
                    client.bucket(),
                    "runs/a/state",
                    8 * PART,
                    elsewhere.resolve("copy"));
            while (writer.isAlive() && bytes() < 2 * PART) {
                Thread.sleep(20);
            }
            writer.destroyForcibly().waitFor();
            assertThat(client.list("")).containsExactly("runs/a/kept");
        }
        assertThat(bytes()).isGreaterThan(PART);

        EmbeddedStore.start(folder, 0, ACCESS_KEY, SECRET_KEY).close();

        assertThat(bytes()).isEqualTo("kept".length());
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(UnfinishedUploadTest::sizeOf).sum();
        }
    }

    /** Files come and go while they are counted. */
    private static long sizeOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
