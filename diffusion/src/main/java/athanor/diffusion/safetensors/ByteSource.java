package athanor.diffusion.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes by position, from a file or from memory. Files are read and not mapped: a mapping cannot be given back in
 * Java 17, counts as resident memory, and kills the process when the file is shortened while it is open.
 */
interface ByteSource extends AutoCloseable {

    long size();

    /** Fills {@code into} with the bytes from {@code position} on. */
    void read(long position, ByteBuffer into) throws IOException;

    @Override
    void close() throws IOException;

    record InFile(FileChannel channel, long size) implements ByteSource {
        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            long at = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new EOFException("the file ends at byte " + at);
                }
                at += count;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    record InMemory(ByteBuffer bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public void read(long position, ByteBuffer into) {
            into.put(bytes.slice((int) position, into.remaining()));
        }

        @Override
        public void close() {}
    }
}
