package athanor.stack.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.dataset.RequestedPicture;
import athanor.embeddedstore.EmbeddedStore;
import athanor.stack.client.Photograph;
import athanor.stack.infra.StoreKeys;
import athanor.store.MinioObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server. */
class PutFolderTest {

    private static final StoreKeys KEYS = new StoreKeys("somebody", "a-secret-of-theirs");

    @TempDir
    Path folder;

    private EmbeddedStore server;
    private MinioObjectStore store;

    @BeforeEach
    void start() {
        server = EmbeddedStore.start(folder.resolve("s3"), 0, KEYS.accessKey(), KEYS.secretKey());
        store = new MinioObjectStore(server.endpoint(), KEYS.accessKey(), KEYS.secretKey(), "athanor", "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private List<Photograph> photograph() throws IOException {
        Path file = Files.writeString(folder.resolve("été 1.png"), "pixels");
        return List.of(new Photograph("été 1.png", file, Optional.of("in a park")));
    }

    @Test
    void theEventNamesWhatLiesInTheBucket() throws IOException {
        List<RequestedPicture> put =
                new PutFolder(server.endpoint(), "athanor", KEYS).put("uploads/anna-1/", photograph());

        assertThat(put).singleElement().satisfies(picture -> {
            assertThat(picture.fileName()).isEqualTo("été 1.png");
            assertThat(picture.caption()).isEqualTo("in a park");
            assertThat(picture.object().key()).startsWith("uploads/anna-1/");
            assertThat(new String(store.read(picture.object()), UTF_8)).isEqualTo("pixels");
        });
    }

    @Test
    void aStoreThatRefusesIsNamedWithTheWayOut() throws IOException {
        PutFolder wrong = new PutFolder(server.endpoint(), "nobodys", KEYS);
        List<Photograph> photographs = photograph();

        assertThatThrownBy(() -> wrong.put("x/", photographs))
                .hasMessageContaining("did not take été 1.png into the bucket nobodys")
                .hasMessageContaining("--bucket")
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
    }
}
