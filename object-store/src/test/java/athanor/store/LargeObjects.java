package athanor.store;

import athanor.contracts.ObjectRef;
import athanor.teststack.S3Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes one object of the wanted length, fetches it again and tries to read it at once, in a JVM of its own, so that its heap can be small. Arguments:
 * endpoint, access key, secret key, bucket, key, length in bytes, file for the copy.
 */
final class LargeObjects {

    private LargeObjects() {}

    static Process inAJvmOfItsOwn(S3Address store, String bucket, String key, long length, Path copy)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeObjects.class.getName(),
                        store.endpoint(),
                        store.accessKey(),
                        store.secretKey(),
                        bucket,
                        key,
                        Long.toString(length),
                        copy.toString())
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] args) throws IOException {
        long length = Long.parseLong(args[5]);
        Path copy = Path.of(args[6]);
        try (MinioObjectStore store = new MinioObjectStore(args[0], args[1], args[2], args[3], "us-east-1")) {
            ObjectRef object = store.put(args[4], numbered(length), "application/octet-stream");
            store.download(object, copy);
            System.out.printf("%d bytes came back whole%n", Files.size(copy));
            store.read(object);
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Every kibibyte is another one, so that parts that change places are found out. */
    private static Content numbered(long length) {
        return new Content() {
            @Override
            public long bytes() {
                return length;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    private long at;

                    @Override
                    public int read() {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] into, int from, int most) {
                        if (at >= length) {
                            return -1;
                        }
                        int count = (int) Math.min(Math.min(most, length - at), 1024 - (at & 1023));
                        Arrays.fill(into, from, from + count, (byte) ((at >> 10) * 2654435761L >> 24));
                        at += count;
                        return count;
                    }
                };
            }
        };
    }
}
