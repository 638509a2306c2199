package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;

/** A decoder that does what its file says, as decoders do whose bugs somebody found. */
public final class MisbehavingDecoder {

    private MisbehavingDecoder() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DecoderProgram.run(
                heading -> (file, wanted) -> obey(new String(file, StandardCharsets.UTF_8), heading, wanted));
    }

    private static Verdict obey(String order, Protocol.HeadingListener heading, Wanted wanted) {
        heading.on(new Protocol.Heading(PictureFormat.PNG, 300, 200));
        switch (order) {
            case "loop" -> {
                long turns = 0;
                while (turns >= 0) {
                    turns = turns == Long.MAX_VALUE ? 0 : turns + 1;
                }
            }
            case "take a second" -> {
                ProcessHandle.Info me = ProcessHandle.current().info();
                while (me.totalCpuDuration().orElseThrow().toMillis() < 1500) {
                    me = ProcessHandle.current().info();
                }
            }
            case "memory" -> {
                List<byte[]> hoard = new ArrayList<>();
                while (hoard.size() < Integer.MAX_VALUE) {
                    hoard.add(new byte[16 << 20]);
                }
            }
            case "native memory" -> {
                // zlib's, of which Java counts nothing: a quarter of a megabyte each
                List<Deflater> hoard = new ArrayList<>();
                while (hoard.size() < 20_000) {
                    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
                    deflater.setInput(new byte[1 << 15]);
                    deflater.deflate(new byte[1 << 10]);
                    hoard.add(deflater);
                }
            }
            case "stack" -> deeper(0);
            case "crash" -> Runtime.getRuntime().halt(134);
            case "print" -> System.out.println("a decoder that talks");
            default -> {
                // an ordinary file
            }
        }
        return new Verdict.Accepted(
                PictureFormat.PNG,
                300,
                200,
                List.of(new Verdict.Remark(Verdict.Remark.About.DAMAGE, order)),
                Optional.empty(),
                Optional.empty());
    }

    private static int deeper(int depth) {
        return 1 + deeper(depth + 1);
    }
}
