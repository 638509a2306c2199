package athanor.embeddedstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * A real S3 server over a folder: a bucket is a folder, an object a file with extended attributes. It listens on the
 * loopback interface only and checks signatures, so a wrong key is refused as everywhere.
 */
public final class EmbeddedStore implements AutoCloseable {

    /** Enough that sixteen writers really race. */
    private static final int THREADS = 32;

    private final S3Proxy server;

    private EmbeddedStore(S3Proxy server) {
        this.server = server;
    }

    /** @param port 0 takes a free one */
    public static EmbeddedStore start(Path folder, int port, String accessKey, String secretKey) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the store's folder %s cannot be made".formatted(folder), e);
        }
        BlobStore files = new FilesystemNio2BlobStore(folder.toString());
        dropUnfinishedUploads(files);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new OneWriterAtATime(files))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .jettyMaxThreads(THREADS)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the store did not start on port %d: %s".formatted(port, e.getMessage()), e);
        }
        return new EmbeddedStore(server);
    }

    /** Parts of an object whose writer died: nobody can go on with them, and nobody else would ever remove them. */
    private static void dropUnfinishedUploads(BlobStore files) {
        for (Bucket bucket : files.list().buckets()) {
            for (software.amazon.awssdk.services.s3.model.MultipartUpload upload :
                    files.listMultipartUploads(bucket.name())) {
                files.abortMultipartUpload(new MultipartUpload(
                        upload.uploadId(),
                        CreateMultipartUploadRequest.builder()
                                .bucket(bucket.name())
                                .key(upload.key())
                                .build()));
            }
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the store did not stop", e);
        }
    }
}
