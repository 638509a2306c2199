package athanor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import athanor.contracts.ObjectRef;
import athanor.store.StoreException.Kind;
import athanor.store.StorePromises.Proof;
import athanor.teststack.S3Address;
import com.sun.net.httpserver.HttpServer;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the suite relies on, against a real server: the embedded one, or any other by address
 * ({@code -Dstack=external -Dstore.endpoint=… -Dstore.access-key=… -Dstore.secret-key=…}).
 */
class StoreTest {

    private static final String TEXT = "text/plain";

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final String folder = "store-test/" + UUID.randomUUID() + "/";

    @BeforeAll
    static void connect() {
        server = S3Address.start();
        store = storeWith(server.address().endpoint(), server.address().secretKey());
        store.createBucketIfMissing();
    }

    @AfterAll
    static void disconnect() {
        store.list("store-test/").forEach(store::delete);
        store.close();
        server.close();
    }

    private static MinioObjectStore storeWith(String endpoint, String secretKey) {
        return new MinioObjectStore(endpoint, server.address().accessKey(), secretKey, "athanor-test", "us-east-1");
    }

    /** Eight races of sixteen writers each, for creating and for replacing. */
    @RepeatedTest(8)
    void ofSixteenRacersExactlyOneWins() {
        assertThat(StorePromises.prove(store)).isEqualTo(new Proof.Kept());
    }

    @Test
    void aWrittenObjectIsReadBackAndChecked() {
        ObjectRef ref = store.put(folder + "a.txt", "hello".getBytes(UTF_8), TEXT);

        assertThat(ref.bytes()).isEqualTo(5);
        assertThat(ref.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(store.read(ref)).asString(UTF_8).isEqualTo("hello");
        assertThat(store.stat(ref.key()).orElseThrow().sha256()).isEqualTo(ref.sha256());
    }

    /**
     * More than a single write may have on this server, by a client whose heap holds less than half of it. The promise is a
     * gibibyte: {@code -Dstore.large=1073741824} tries that.
     */
    @Test
    void anObjectLargerThanTheHeapGoesThereAndBack(@TempDir Path temporary) throws Exception {
        long length = Long.getLong("store.large", 144 << 20);
        Process client = LargeObjects.inAJvmOfItsOwn(
                server.address(), store.bucket(), folder + "larger-than-the-heap", length, temporary.resolve("copy"));

        assertThat(client.getInputStream())
                .asString(UTF_8)
                .contains(length + " bytes came back whole")
                .contains("larger-than-the-heap has %d bytes, at most".formatted(length));
        assertThat(client.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16 << 20, (16 << 20) + 1})
    void theLengthsAroundOnePartArriveWhole(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        ObjectRef ref = store.put(folder + "part", bytes, "application/octet-stream");

        assertThat(store.read(ref)).isEqualTo(bytes);
        assertThat(store.stat(ref.key()).orElseThrow().sha256()).isEqualTo(ref.sha256());
    }

    @Test
    void aDownloadThatIsNotWhatWasWrittenLeavesNoFile(@TempDir Path temporary) {
        ObjectRef wanted = store.put(folder + "replaced", "right".getBytes(UTF_8), TEXT);
        store.put(folder + "replaced", "wrong".getBytes(UTF_8), TEXT);
        Path copy = temporary.resolve("copy");

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.download(wanted, copy));

        assertThat(refusal.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(copy).doesNotExist();
    }

    @Test
    void aDownloadThatCannotBeKeptIsThisMachinesTrouble(@TempDir Path temporary) {
        ObjectRef ref = store.put(folder + "kept", "x".getBytes(UTF_8), TEXT);

        StoreException refusal = catchThrowableOfType(
                StoreException.class, () -> store.download(ref, temporary.resolve("no-folder/copy")));

        assertThat(refusal.kind()).isEqualTo(Kind.LOCAL);
        assertThat(refusal).hasMessageContaining("no-folder/copy cannot be written");
    }

    @Test
    void aSecondCreationIsTurnedAwayAndChangesNothing() {
        String key = folder + "once";
        assertThat(store.putIfAbsent(key, "first".getBytes(UTF_8), TEXT)).isInstanceOf(Stored.Created.class);

        assertThat(store.putIfAbsent(key, "second".getBytes(UTF_8), TEXT)).isInstanceOf(Stored.AlreadyThere.class);

        assertThat(store.find(key).orElseThrow().bytes()).asString(UTF_8).isEqualTo("first");
    }

    @Test
    void theVersionOfOneReplacementIsTheKeyToTheNext() {
        String key = folder + "lease";
        String first = created(store.putIfAbsent(key, "1".getBytes(UTF_8), TEXT));
        String second = created(store.replace(key, first, "2".getBytes(UTF_8), TEXT));

        assertThat(store.replace(key, first, "late".getBytes(UTF_8), TEXT)).isInstanceOf(Stored.AlreadyThere.class);
        created(store.replace(key, second, "3".getBytes(UTF_8), TEXT));

        assertThat(store.find(key).orElseThrow().bytes()).asString(UTF_8).isEqualTo("3");
    }

    private static String created(Stored stored) {
        return ((Stored.Created) stored).etag();
    }

    @Test
    void replacingWhatIsGoneLosesTheRace() {
        assertThat(store.replace(folder + "gone", "0".repeat(32), "x".getBytes(UTF_8), TEXT))
                .isInstanceOf(Stored.AlreadyThere.class);
    }

    @Test
    void aDamagedObjectIsNamedWithWhatWasWantedAndFound() {
        ObjectRef wanted = store.put(folder + "damaged", "right".getBytes(UTF_8), TEXT);
        store.put(folder + "damaged", "wrong!".getBytes(UTF_8), TEXT);

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.read(wanted));

        assertThat(refusal.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(refusal)
                .hasMessageContaining("wanted 5 bytes with sha256 " + wanted.sha256())
                .hasMessageContaining("found 6 bytes with sha256 " + Sha256.of("wrong!".getBytes(UTF_8)));
    }

    /** As if the disk had turned bits: the bytes are others, what was noted beside them is not. */
    @Test
    void aDocumentIsCheckedAgainstTheHashThatWasWrittenWithIt() throws Exception {
        ObjectRef right = store.put(folder + "document", "right".getBytes(UTF_8), TEXT);
        byte[] wrong = "wrong".getBytes(UTF_8);
        try (MinioClient raw = MinioClient.builder()
                .endpoint(server.address().endpoint())
                .credentials(server.address().accessKey(), server.address().secretKey())
                .region("us-east-1")
                .build()) {
            raw.putObject(PutObjectArgs.builder()
                    .bucket("athanor-test")
                    .object(folder + "document")
                    .data(wrong, wrong.length)
                    .userMetadata(Map.of("sha256", right.sha256()))
                    .build());
        }

        StoreException damaged = catchThrowableOfType(StoreException.class, () -> store.find(folder + "document"));

        assertThat(damaged.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(damaged).hasMessageContaining("document is damaged").hasMessageContaining(right.sha256());
    }

    @Test
    void aMissingObjectIsAnEmptyFindAndASentenceWhenItWasPromised() {
        ObjectRef promised = new ObjectRef(store.bucket(), folder + "never", 1, "0".repeat(64));

        assertThat(store.find(promised.key())).isEqualTo(Optional.empty());
        assertThat(store.stat(promised.key())).isEqualTo(Optional.empty());
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.read(promised));
        assertThat(refusal.kind()).isEqualTo(Kind.MISSING);
        assertThat(refusal).hasMessageContaining(promised.key() + " does not exist");
    }

    @Test
    void aListingHoldsWhatStartsWithThePrefixInOrder() {
        for (String name : List.of("b/2", "b/1", "c/1", "ümläut")) {
            store.put(folder + name, "x".getBytes(UTF_8), TEXT);
        }

        assertThat(store.list(folder + "b/")).containsExactly(folder + "b/1", folder + "b/2");
        assertThat(store.list(folder)).hasSize(4).contains(folder + "ümläut");
    }

    @Test
    void aWrongSecretKeyIsRefusedWithASentence() {
        try (MinioObjectStore stranger = storeWith(server.address().endpoint(), "not-the-secret")) {
            StoreException refusal = catchThrowableOfType(
                    StoreException.class, () -> stranger.put(folder + "x", "x".getBytes(UTF_8), TEXT));

            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("check athanor.store.access-key and athanor.store.secret-key");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsNamedByItsAddress() {
        try (MinioObjectStore nobody = storeWith("http://127.0.0.1:1", "secret")) {
            StoreException refusal = catchThrowableOfType(StoreException.class, () -> nobody.find(folder + "x"));

            assertThat(refusal.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(refusal).hasMessageContaining("http://127.0.0.1:1 does not answer");
            assertThat(refusal.mayPass()).isTrue();
            assertThat(StorePromises.prove(nobody)).isInstanceOf(Proof.Broken.class);
        }
    }

    /** As a proxy before a store answers, in HTML and before it has read what is sent. */
    @Test
    void aStoreThatTakesNothingOfThatSizeSaysSoForGood() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(413, -1);
            exchange.close();
        });
        proxy.start();
        try (MinioObjectStore small =
                storeWith("http://127.0.0.1:" + proxy.getAddress().getPort(), "secret")) {
            StoreException refusal =
                    catchThrowableOfType(StoreException.class, () -> small.put(folder + "x", new byte[1000], TEXT));

            assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(refusal.mayPass()).isFalse();
            assertThat(refusal).hasMessageContaining("1000 bytes are too many for it; raise its limit");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aBucketThatDoesNotExistIsNamed() {
        try (MinioObjectStore lost = new MinioObjectStore(
                server.address().endpoint(),
                server.address().accessKey(),
                server.address().secretKey(),
                "no-such-bucket-here",
                "us-east-1")) {
            StoreException refusal =
                    catchThrowableOfType(StoreException.class, () -> lost.put("x", "x".getBytes(UTF_8), TEXT));

            assertThat(refusal.kind()).isEqualTo(Kind.MISSING);
            assertThat(refusal).hasMessageContaining("no bucket 'no-such-bucket-here'");
        }
    }

    @Test
    void theStoreCopiesAnObjectWithItsHash() {
        ObjectRef original = store.put(folder + "from", "bytes".getBytes(UTF_8), TEXT);

        ObjectRef copy = store.copy(original, folder + "to");
        store.delete(original.key());

        assertThat(store.read(copy)).isEqualTo("bytes".getBytes(UTF_8));
        assertThat(store.stat(copy.key()).orElseThrow().sha256()).isEqualTo(original.sha256());
        StoreException gone = catchThrowableOfType(StoreException.class, () -> store.copy(original, folder + "again"));
        assertThat(gone.kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void whatAnotherProgramWroteIsListedAndDownloadedUpToALimit(@TempDir Path here) throws Exception {
        store.put(folder + "b/2", new byte[200], TEXT);
        store.put(folder + "b/1", new byte[100], TEXT);
        store.put(folder + "c", new byte[1], TEXT);

        assertThat(store.list(store.bucket(), folder + "b/"))
                .containsExactly(new Listed(folder + "b/1", 100), new Listed(folder + "b/2", 200));
        ObjectRef found = store.download(store.bucket(), folder + "b/1", 100, here.resolve("1"));
        assertThat(store.read(found)).isEqualTo(Files.readAllBytes(here.resolve("1")));
        StoreException longer = catchThrowableOfType(
                StoreException.class, () -> store.download(store.bucket(), folder + "b/2", 100, here.resolve("2")));
        assertThat(longer.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(here.resolve("2")).doesNotExist();
    }

    @Test
    void anybodyMayWriteToASignedAddressForAWhile() throws Exception {
        URI address = store.uploadAddress(folder + "signed", Duration.ofMinutes(1));
        HttpClient http = HttpClient.newHttpClient();

        int written = put(http, address, "bytes");
        int elsewhere = put(http, URI.create(address.toString().replace("signed?", "other?")), "bytes");

        assertThat(written).isEqualTo(200);
        assertThat(elsewhere).isEqualTo(403);
        assertThat(store.find(folder + "signed").orElseThrow().bytes()).isEqualTo("bytes".getBytes(UTF_8));
    }

    @Test
    void anybodyMayReadFromASignedAddressForAWhile() throws Exception {
        ObjectRef stored = store.put(folder + "read me", "bytes".getBytes(UTF_8), TEXT);
        store.put(folder + "secret", "bytes".getBytes(UTF_8), TEXT);
        HttpClient http = HttpClient.newHttpClient();

        URI address = store.downloadAddress(stored, "a-100.safetensors", Duration.ofMinutes(1));
        HttpResponse<String> read = get(http, address);
        HttpResponse<String> elsewhere = get(http, URI.create(address.toString().replace("read%20me?", "secret?")));

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo("bytes");
        assertThat(read.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"a-100.safetensors\"");
        assertThat(elsewhere.statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> get(HttpClient http, URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int put(HttpClient http, URI address, String text) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(address)
                                .PUT(HttpRequest.BodyPublishers.ofString(text))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
