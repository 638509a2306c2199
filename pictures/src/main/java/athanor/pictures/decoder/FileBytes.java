package athanor.pictures.decoder;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory as decoders want it, which remembers how far into the file they looked. */
final class FileBytes extends ImageInputStreamImpl {

    private final byte[] bytes;
    private int furthest;
    private boolean ranOut;

    FileBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            ranOut = true;
            return -1;
        }
        int at = (int) streamPos++;
        furthest = Math.max(furthest, at + 1);
        return bytes[at] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            ranOut |= length > 0;
            return length == 0 ? 0 : -1;
        }
        int got = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, into, offset, got);
        streamPos += got;
        furthest = Math.max(furthest, (int) streamPos);
        return got;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Whether more was wanted than there is. */
    boolean ranOut() {
        return ranOut;
    }

    /** Bytes from the start up to the last one that was read. */
    int furthest() {
        return furthest;
    }
}
