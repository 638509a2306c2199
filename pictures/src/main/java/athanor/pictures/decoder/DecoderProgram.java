package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;

/**
 * The process that decodes what strangers sent. It may be ended at any moment, by its file or by the service, and holds nothing
 * that would be missed. It ends with the service, whose end it sees as the end of its standard input.
 */
public final class DecoderProgram {

    /** A file made the Java machine give up: the stack, or a class that is not there. */
    public static final int GAVE_UP = 4;

    /** What was asked for is garbage after a large picture; the memory goes back to the machine. */
    private static final int LARGE_FILE = 4 << 20;

    private static final long LARGE_PICTURE = 8 << 20;

    private DecoderProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PictureLimits limits = Protocol.limits(arguments);
        run(heading -> new Decode(limits, heading)::of);
    }

    /** What is done with a file. */
    @FunctionalInterface
    interface Decoding {
        Verdict of(byte[] file, Wanted wanted);
    }

    /** @param decoder makes the decoding, given whom to tell what became known */
    static void run(Function<Protocol.HeadingListener, Decoding> decoder) throws IOException, InterruptedException {
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        // What a decoder prints must not be taken for an answer.
        System.setOut(System.err);
        SynchronousQueue<Protocol.Request> requests = new SynchronousQueue<>();
        Thread decoding = new Thread(() -> answer(requests, answers, decoder), "decoding");
        decoding.setDaemon(true);
        decoding.setUncaughtExceptionHandler(
                (thread, error) -> Runtime.getRuntime().halt(GAVE_UP));
        decoding.start();
        Decoders.forFormat(PictureFormat.JPEG);
        Protocol.writeReady(answers);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16))) {
            while (true) {
                requests.put(Protocol.readRequest(in));
            }
        } catch (IOException theServiceIsGone) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void answer(
            SynchronousQueue<Protocol.Request> requests,
            DataOutputStream answers,
            Function<Protocol.HeadingListener, Decoding> decoder) {
        Decoding decoding = decoder.apply(heading -> {
            try {
                Protocol.writeHeading(answers, heading);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            while (true) {
                boolean large = answer(requests.take(), decoding, answers);
                if (large) {
                    System.gc();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answer(Protocol.Request request, Decoding decoding, DataOutputStream answers)
            throws IOException {
        Verdict verdict = decoding.of(request.file(), request.wanted());
        Protocol.writeAnswer(answers, verdict);
        return request.file().length > LARGE_FILE
                || verdict instanceof Verdict.Accepted read && (long) read.width() * read.height() > LARGE_PICTURE;
    }
}
