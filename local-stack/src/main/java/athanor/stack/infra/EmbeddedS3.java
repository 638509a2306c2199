package athanor.stack.infra;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server over a folder (S3Proxy): a bucket is a folder, an object a file. It checks signatures like the real ones, and
 * conditional writes have one winner.
 */
public final class EmbeddedS3 implements AutoCloseable {

    private final S3Proxy server;

    private EmbeddedS3(S3Proxy server) {
        this.server = server;
    }

    public static EmbeddedS3 start(Path directory, int port, StoreKeys keys, String bucket) throws Exception {
        Files.createDirectories(directory.resolve(bucket));
        requireFileAttributes(directory);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, keys.accessKey(), keys.secretKey())
                .jettyMaxThreads(24)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return new EmbeddedS3(server);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    /** Content types and hashes are kept as extended attributes; without them they would be lost in silence. */
    private static void requireFileAttributes(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory.toAbsolutePath().getParent(), "attributes", ".probe");
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            view.write("athanor", StandardCharsets.UTF_8.encode("kept"));
        } catch (IOException | RuntimeException e) {
            FileStore store = Files.getFileStore(directory);
            throw new IOException(
                    "%s is on a file system (%s) without extended attributes, which the local store needs; choose a folder on another disk with --data"
                            .formatted(directory, store.type()),
                    e);
        } finally {
            Files.delete(probe);
        }
    }
}
